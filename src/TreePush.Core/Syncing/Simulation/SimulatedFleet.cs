namespace TreePush.Core.Syncing.Simulation;

/// <summary>The machines and the network of a simulated sync. All randomness comes from the seed.</summary>
public sealed record SimulatedFleet
{
    /// <summary>The size of the content, in bytes.</summary>
    public long Bytes { get; init; } = 64 << 20;

    /// <summary>The piece size in bytes; null for the size that suits the content and the number of hosts.</summary>
    public long? PieceSize { get; init; }

    /// <summary>The rate of a host's link in each direction, in bytes per second.</summary>
    public double Rate { get; init; } = 12.5e6;

    /// <summary>The limit that a host puts on its own sending, in bytes per second. Its content arrives at the rate of the link, with pauses.</summary>
    public double BandwidthLimit { get; init; } = double.PositiveInfinity;

    /// <summary>The highest rate of a link between two zones, in bytes per second.</summary>
    public double CrossingRate { get; init; } = double.PositiveInfinity;

    /// <summary>The rate at which the source hashes the wanted content, in bytes per second. No host can receive a piece before it is hashed.</summary>
    public double HashRate { get; init; } = double.PositiveInfinity;

    /// <summary>The delay that each hop adds besides sending.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The delay of a message between the controller and a relay.</summary>
    public TimeSpan Control { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The time to start a relay, give or take a fifth.</summary>
    public TimeSpan Opening { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The time to open a link.</summary>
    public TimeSpan Linking { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a child waits for a parent that does not answer.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a parent is silent before its children take it for dead.</summary>
    public TimeSpan LinkSilence { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The interval of a relay's reports.</summary>
    public TimeSpan Report { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Whether reports arrive in pairs, the first of each late, as at a busy controller.</summary>
    public bool ReportsInPairs { get; init; }

    /// <summary>Whether relays report the rate of bursts.</summary>
    public bool TellsBursts { get; init; } = true;

    /// <summary>By which factor a host's bursts exceed the rate of its link, because traffic shapers save up unused rate; null if none do.</summary>
    public Func<Host, double>? SavedUp { get; init; }

    /// <summary>The bytes that buffers on the way take at once. A parent's reports of what it sent grow in such steps.</summary>
    public long Leaps { get; init; } = 1;

    /// <summary>The profile of each host; null if no host has faults.</summary>
    public Func<Host, HostProfile>? Profiles { get; init; }

    /// <summary>Whether the first host can connect to the second; null if all hosts can connect to each other.</summary>
    public Func<Host, Host, bool>? Reaches { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Returns how long a chain of this many hosts takes once all are up: S/B + (N − 1)·(c/B + L).</summary>
    public TimeSpan ChainTime(int hosts) => TimeSpan.FromSeconds((Bytes / Rate) + ((hosts - 1) * ((PieceFor(hosts) / Rate) + Latency.TotalSeconds)));

    internal double PieceFor(int hosts) => PieceSize ?? TopologyChoice.PieceSize(Bytes, hosts);
}
