namespace TreePush.Core.Syncing;

/// <summary>How a child connects to its parent.</summary>
public enum Route
{
    /// <summary>The child connects to the parent's own port.</summary>
    Direct,

    /// <summary>
    /// The child connects through the controller's ssh connections to both hosts. This is used if neither can reach the other, or
    /// if the parent is the controller's own machine.
    /// </summary>
    ThroughController,
}
