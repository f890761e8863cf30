namespace TreePush.Core.Dispatching;

/// <summary>How often a delivery is tried, and how long a dispatcher waits in between: twice as long each time.</summary>
/// <param name="Attempts">Deliveries, the first included, before a host is given up.</param>
/// <param name="First">The wait after the first failure.</param>
/// <param name="Longest">No wait is longer.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan First, TimeSpan Longest)
{
    public static RetryPolicy Default { get; } = new(10, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));

    /// <summary>How long to wait after a failure.</summary>
    /// <param name="attempts">How many attempts were made.</param>
    /// <returns>Null if no attempt is left. A login that was refused is not tried again: too many such attempts can lock the account.</returns>
    public TimeSpan? After(int attempts, FailureKind kind)
    {
        if (attempts >= Attempts || kind is FailureKind.HostAuthentication or FailureKind.HostKeyMismatch) return null;
        double seconds = First.TotalSeconds * Math.Pow(2, Math.Max(0, attempts - 1));
        return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
    }
}
