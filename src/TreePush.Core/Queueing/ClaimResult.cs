namespace TreePush.Core.Queueing;

/// <summary>How a request for a source was answered.</summary>
public enum ClaimResult
{
    /// <summary>The host may pull now.</summary>
    Granted,

    /// <summary>No source has a free slot. The host is woken when one may have.</summary>
    Waiting,

    /// <summary>The host has failed and waits before it tries again.</summary>
    Later,

    /// <summary>The host has the file.</summary>
    Finished,

    /// <summary>
    /// The host has the file, but others failed to get it there: nobody pulls from it until it has looked after its file and offers itself again.
    /// </summary>
    Suspected,

    /// <summary>The host is pulling already: a lease of it stands.</summary>
    Held,

    /// <summary>The host has failed too often.</summary>
    GivenUp,

    /// <summary>The task was cancelled.</summary>
    Cancelled,

    /// <summary>There is no such task.</summary>
    Unknown,
}
