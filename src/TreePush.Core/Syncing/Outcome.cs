namespace TreePush.Core.Syncing;

/// <summary>The outcome of a target.</summary>
internal enum Outcome
{
    /// <summary>The target waits, or is being served.</summary>
    Open,

    /// <summary>The target has everything; in a dry run, its need is known.</summary>
    Succeeded,

    /// <summary>The target is given up.</summary>
    Failed,

    /// <summary>The run was ended before the target received anything.</summary>
    NotTried,
}
