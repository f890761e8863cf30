namespace TreePush.Core.Queueing;

/// <summary>The numbers that <see cref="ClaimTable"/> and the scripts on Redis agree on.</summary>
public static class ClaimRules
{
    /// <summary>How many leases one call expires at most. It bounds the time of a call; the next call expires the rest.</summary>
    public const int MaxExpired = 100;

    /// <summary>How many different hosts must fail at a source in a row, until nobody is sent there any more.</summary>
    public const int MaxAccusers = 3;

    /// <summary>Why an attempt failed of which nothing was heard any more.</summary>
    public const string LeaseExpired = "its lease expired";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>How long a host waits after an attempt that failed: doubled with each attempt.</summary>
    /// <param name="attempts">From 1 on.</param>
    public static TimeSpan PauseAfter(int attempts) => attempts > 6 ? LongestPause : FirstPause * (1 << (attempts - 1));
}
