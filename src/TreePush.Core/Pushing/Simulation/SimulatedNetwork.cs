namespace TreePush.Core.Pushing.Simulation;

/// <summary>The imagined hosts and links of a simulation. All randomness comes from the seed.</summary>
public sealed record SimulatedNetwork
{
    /// <summary>Bytes that each transfer carries.</summary>
    public double Bytes { get; init; } = 1L << 30;

    /// <summary>What a host's link carries in each direction, in bytes a second; a source's transfers share it.</summary>
    public double Rate { get; init; } = 125e6;

    /// <summary>The most that one transfer can do however fast the links are, in bytes a second: one ssh stream, one disk.</summary>
    public double StreamRate { get; init; } = double.PositiveInfinity;

    /// <summary>The most that a transfer between zones can do, in bytes a second.</summary>
    public double CrossingRate { get; init; } = double.PositiveInfinity;

    /// <summary>How long a connection to a source takes.</summary>
    public TimeSpan Opening { get; init; } = TimeSpan.FromSeconds(0.25);

    /// <summary>How long a transfer takes before its first byte: the login at its target.</summary>
    public TimeSpan Login { get; init; } = TimeSpan.FromSeconds(0.3);

    /// <summary>The share of targets that fail every transfer.</summary>
    public double DeadTargets { get; init; }

    /// <summary>The share of hosts whose link runs at a tenth.</summary>
    public double SlowHosts { get; init; }

    /// <summary>The share of hosts that can be served but fail every target once they are sources.</summary>
    public double BadSources { get; init; }

    /// <summary>The share of hosts that the controller can't connect to when they are to be sources.</summary>
    public double UnreachableSources { get; init; }

    /// <summary>The share of transfers during which the source's connection is lost.</summary>
    public double Flapping { get; init; }

    /// <summary>Hosts that are served can't log in to others: only the run's first sources can.</summary>
    public bool HostsTrustNobody { get; init; }

    /// <summary>How long a transfer to a dead target takes to fail.</summary>
    public TimeSpan FailureTime { get; init; } = TimeSpan.FromSeconds(5);

    public int Seed { get; init; } = 1;
}
