namespace TreePush.Core.Syncing.Simulation;

/// <summary>The imagined machines and network of a sync. All randomness comes from the seed.</summary>
public sealed record SimulatedFleet
{
    /// <summary>What there is to bring to everybody.</summary>
    public long Bytes { get; init; } = 64 << 20;

    /// <summary>The size of pieces; null for what suits the size and the number of hosts.</summary>
    public long? PieceSize { get; init; }

    /// <summary>What a host's link carries in each direction, in bytes a second.</summary>
    public double Rate { get; init; } = 12.5e6;

    /// <summary>What a host sends at most, by its own restraint: what comes of it comes as fast as the link is, with pauses.</summary>
    public double BandwidthLimit { get; init; } = double.PositiveInfinity;

    /// <summary>The most that a link between two zones carries, in bytes a second.</summary>
    public double CrossingRate { get; init; } = double.PositiveInfinity;

    /// <summary>How fast the source hashes what is wanted, in bytes a second: nobody can receive what is not hashed.</summary>
    public double HashRate { get; init; } = double.PositiveInfinity;

    /// <summary>What each hop adds besides sending.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The time for a message between the controller and a relay.</summary>
    public TimeSpan Control { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How long it takes to start a relay, give or take a fifth.</summary>
    public TimeSpan Opening { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long it takes to make a link.</summary>
    public TimeSpan Linking { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a host that does not answer is waited for.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long a child takes a parent that says nothing for dead.</summary>
    public TimeSpan LinkSilence { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How often a relay reports.</summary>
    public TimeSpan Report { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Whether reports come in pairs, the first of each late, as they do to a controller that is busy.</summary>
    public bool ReportsInPairs { get; init; }

    /// <summary>Whether relays tell how fast content comes in while it comes.</summary>
    public bool TellsBursts { get; init; } = true;

    /// <summary>How many times faster than its link a host's bursts are, where shapers save up; null where none does.</summary>
    public Func<Host, double>? SavedUp { get; init; }

    /// <summary>Bytes that buffers on the way take at once: a parent tells of what it sent in steps of so many.</summary>
    public long Leaps { get; init; } = 1;

    /// <summary>What befalls each host; null where nothing does.</summary>
    public Func<Host, HostProfile>? Profiles { get; init; }

    /// <summary>Whether the first host can connect to the second; null where everybody can.</summary>
    public Func<Host, Host, bool>? Reaches { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>How long a chain of so many hosts takes once everybody is up: S/B + (N − 1)·(c/B + L).</summary>
    public TimeSpan ChainTime(int hosts) => TimeSpan.FromSeconds((Bytes / Rate) + ((hosts - 1) * ((PieceFor(hosts) / Rate) + Latency.TotalSeconds)));

    internal double PieceFor(int hosts) => PieceSize ?? TopologyChoice.PieceSize(Bytes, hosts);
}
