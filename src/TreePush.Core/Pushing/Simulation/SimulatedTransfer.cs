namespace TreePush.Core.Pushing.Simulation;

/// <summary>A transfer whose rate changes as other transfers of its source begin and end.</summary>
internal sealed class SimulatedTransfer(Transfer transfer, double limit, double bytes)
{
    public Transfer Transfer { get; } = transfer;

    /// <summary>The highest rate that the target and the path allow, in bytes per second.</summary>
    public double Limit { get; } = limit;

    public double Left { get; private set; } = bytes;

    /// <summary>Counts the changes of the rate. A scheduled end with an older version is void.</summary>
    public int Version { get; private set; }

    public DateTimeOffset Since { get; private set; }

    public double Rate { get; private set; }

    /// <summary>Accounts for the bytes sent until now, then sets another rate.</summary>
    /// <returns>When the last byte arrives if the rate stays the same.</returns>
    public DateTimeOffset SetRate(double rate, DateTimeOffset now)
    {
        Left = Math.Max(0, Left - (Rate * (now - Since).TotalSeconds));
        (Since, Rate) = (now, Math.Min(rate, Limit));
        Version++;
        return now + TimeSpan.FromSeconds(Left / Rate);
    }
}
