namespace TreePush.Core.Pushing.Simulation;

/// <summary>The hosts and links of a simulation. All randomness comes from the seed.</summary>
public sealed record SimulatedNetwork
{
    /// <summary>The size of each transfer, in bytes.</summary>
    public double Bytes { get; init; } = 1L << 30;

    /// <summary>The rate of a host's link in each direction, in bytes per second. A source's transfers share it.</summary>
    public double Rate { get; init; } = 125e6;

    /// <summary>The highest rate of one transfer (one ssh stream, one disk), however fast the links are, in bytes per second.</summary>
    public double StreamRate { get; init; } = double.PositiveInfinity;

    /// <summary>The highest rate of a transfer between zones, in bytes per second.</summary>
    public double CrossingRate { get; init; } = double.PositiveInfinity;

    /// <summary>The time to connect to a source.</summary>
    public TimeSpan Opening { get; init; } = TimeSpan.FromSeconds(0.25);

    /// <summary>The time before a transfer's first byte: the login at its target.</summary>
    public TimeSpan Login { get; init; } = TimeSpan.FromSeconds(0.3);

    /// <summary>The share of targets that fail every transfer.</summary>
    public double DeadTargets { get; init; }

    /// <summary>The share of hosts whose link has a tenth of the rate.</summary>
    public double SlowHosts { get; init; }

    /// <summary>The share of hosts that can be served, but fail every target as sources.</summary>
    public double BadSources { get; init; }

    /// <summary>The share of hosts that the controller can't connect to as sources.</summary>
    public double UnreachableSources { get; init; }

    /// <summary>The share of transfers in which the source's connection is lost.</summary>
    public double Flapping { get; init; }

    /// <summary>Whether only the given sources can log in to other hosts.</summary>
    public bool HostsTrustNobody { get; init; }

    /// <summary>The time until a transfer to a dead target fails.</summary>
    public TimeSpan FailureTime { get; init; } = TimeSpan.FromSeconds(5);

    public int Seed { get; init; } = 1;
}
