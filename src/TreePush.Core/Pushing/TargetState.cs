namespace TreePush.Core.Pushing;

/// <summary>The state of a target.</summary>
internal enum TargetState
{
    /// <summary>The target waits for its first or a further attempt.</summary>
    Waiting,

    /// <summary>A transfer to the target is running.</summary>
    Running,

    /// <summary>The target has the files.</summary>
    Served,

    /// <summary>The target is given up.</summary>
    Failed,
}
