namespace TreePush.Core.Syncing;

/// <summary>What became of a target.</summary>
internal enum Outcome
{
    /// <summary>It waits, or is under way.</summary>
    Open,

    /// <summary>It has everything; in a dry run: it knows what it needs.</summary>
    Succeeded,

    /// <summary>It is given up.</summary>
    Failed,

    /// <summary>The run was ended before it had begun.</summary>
    NotTried,
}
