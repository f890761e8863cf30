namespace TreePush.Core.Queueing;

/// <summary>Whether hosts still pull for a task.</summary>
public enum TaskState
{
    /// <summary>Agents pull, late ones too.</summary>
    Open,

    /// <summary>Nobody claims any more; running transfers are ended.</summary>
    Cancelled,

    /// <summary>A task that was started by the plain key is over: every known agent has ended it.</summary>
    Ended,
}
