namespace TreePush.Core.Syncing;

/// <summary>The way a link takes from child to parent.</summary>
public enum Route
{
    /// <summary>The child connects to the parent's own port.</summary>
    Direct,

    /// <summary>Through the ssh connections that the controller has to both: where neither can reach the other, or the parent is the controller's own machine.</summary>
    ThroughController,
}
