namespace TreePush.Core.Syncing;

/// <summary>The state of a host's relay. Each state is left only for a later one.</summary>
internal enum RelayState
{
    /// <summary>The relay was not requested yet.</summary>
    Waiting,

    /// <summary>The relay is being started.</summary>
    Opening,

    /// <summary>The relay runs and can be linked.</summary>
    Up,

    /// <summary>The relay could not be started, was lost or closed, or was never needed.</summary>
    Gone,
}
