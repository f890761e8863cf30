namespace TreePush.Core.Pushing;

/// <summary>Where a target stands.</summary>
internal enum TargetState
{
    /// <summary>It waits for a source, for its first or a further attempt.</summary>
    Waiting,

    /// <summary>A transfer to it is under way.</summary>
    Running,

    /// <summary>It has the files.</summary>
    Served,

    /// <summary>It is given up.</summary>
    Failed,
}
