using System.Text.Json.Serialization;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Syncing;

/// <summary>What a sync was asked to do.</summary>
public sealed record SyncWork : Work
{
    [JsonIgnore]
    public override JobKind Job => JobKind.Sync;

    [JsonIgnore]
    public override bool IsDryRun => DryRun;

    public override Work WithDryRun(bool isDry) => this with { DryRun = isDry };

    /// <summary>SRC as it was typed: a path on each source, relative to the login's home, or here to <see cref="WorkingFolder"/>.</summary>
    public required string Source { get; init; }

    /// <summary>DEST as it was typed; it may use variables of each target.</summary>
    public required string Destination { get; init; }

    /// <summary>The folder that a relative SRC on this machine is relative to, kept for <c>--resume</c>.</summary>
    public string WorkingFolder { get; init; } = "";

    public bool Delete { get; init; }

    /// <summary>A host that would lose more entries than this loses none; null for no limit.</summary>
    public int? MaxDelete { get; init; }

    public bool Compress { get; init; }

    /// <summary>A target is delivered before its files are on the disk.</summary>
    public bool NoFsync { get; init; }

    public bool Checksum { get; init; }

    public bool Force { get; init; }

    public bool Owner { get; init; }

    /// <summary>What lies below a mount point is left alone, in SRC and in DEST.</summary>
    public bool OneFileSystem { get; init; }

    /// <summary>Relays run as root, by <c>sudo -n</c>.</summary>
    public bool Sudo { get; init; }

    /// <summary>Only find out what each host would receive and lose.</summary>
    public bool DryRun { get; init; }

    /// <summary><c>--exclude</c> and <c>--include</c> in the order in which they were given.</summary>
    public IReadOnlyList<PathRule> Rules { get; init; } = [];

    /// <summary>What each host may send, in bytes per second; null for no limit.</summary>
    public long? BandwidthLimit { get; init; }

    public Topology Topology { get; init; } = Topology.Auto;

    /// <summary>Who may take a lost source's place.</summary>
    public Failover Failover { get; init; } = Failover.Sources;

    /// <summary>Links without TLS, for networks that are trusted.</summary>
    public bool PlainChannel { get; init; }

    /// <summary>The first and the last port that relays may listen at; null for any.</summary>
    public PortRange? Ports { get; init; }
}
