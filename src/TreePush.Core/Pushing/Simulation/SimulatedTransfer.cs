namespace TreePush.Core.Pushing.Simulation;

/// <summary>A transfer whose bytes flow at a rate that changes as others on its source begin and end.</summary>
internal sealed class SimulatedTransfer(Transfer transfer, double limit, double bytes)
{
    public Transfer Transfer { get; } = transfer;

    /// <summary>The most that the target and the path allow, in bytes a second.</summary>
    public double Limit { get; } = limit;

    public double Left { get; private set; } = bytes;

    /// <summary>Counts changes of rate: an end foretold before the last one is void.</summary>
    public int Version { get; private set; }

    public DateTimeOffset Since { get; private set; }

    public double Rate { get; private set; }

    /// <summary>Lets bytes flow until now, then goes on at another rate.</summary>
    /// <returns>When the last byte will have arrived if the rate stays.</returns>
    public DateTimeOffset SetRate(double rate, DateTimeOffset now)
    {
        Left = Math.Max(0, Left - (Rate * (now - Since).TotalSeconds));
        (Since, Rate) = (now, Math.Min(rate, Limit));
        Version++;
        return now + TimeSpan.FromSeconds(Left / Rate);
    }
}
