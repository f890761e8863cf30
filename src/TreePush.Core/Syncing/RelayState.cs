namespace TreePush.Core.Syncing;

/// <summary>Where a host's relay stands; each state is left only for a later one.</summary>
internal enum RelayState
{
    /// <summary>It was not asked for yet.</summary>
    Waiting,

    /// <summary>It is being started.</summary>
    Opening,

    /// <summary>It runs, and can be linked.</summary>
    Up,

    /// <summary>It could not be started, is lost, was closed, or was never wanted.</summary>
    Gone,
}
