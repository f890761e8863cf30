namespace TreePush.Core.Queueing;

/// <summary>How far a host is with a task.</summary>
public enum HostProgress
{
    /// <summary>It waits for a free slot, or for its next attempt.</summary>
    Waiting,

    /// <summary>It pulls.</summary>
    Running,

    /// <summary>It has the file.</summary>
    Finished,

    /// <summary>It is given up.</summary>
    Failed,
}
