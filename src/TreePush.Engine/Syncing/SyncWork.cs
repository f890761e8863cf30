using System.Text.Json.Serialization;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Syncing;

/// <summary>The options of a sync.</summary>
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

    /// <summary>The base of a relative SRC on this machine, kept for <c>--resume</c>.</summary>
    public string WorkingFolder { get; init; } = "";

    public bool Delete { get; init; }

    /// <summary>A host that would delete more entries than this deletes none; null for no limit.</summary>
    public int? MaxDelete { get; init; }

    public bool Compress { get; init; }

    /// <summary>A target counts as delivered before its files are flushed to the disk.</summary>
    public bool NoFsync { get; init; }

    public bool Checksum { get; init; }

    public bool Force { get; init; }

    public bool Owner { get; init; }

    /// <summary>Do not descend into mount points, in SRC and in DEST.</summary>
    public bool OneFileSystem { get; init; }

    /// <summary>Run relays as root, by <c>sudo -n</c>.</summary>
    public bool Sudo { get; init; }

    /// <summary>Only determine what each host would receive and delete.</summary>
    public bool DryRun { get; init; }

    /// <summary><c>--exclude</c> and <c>--include</c> in the order in which they were given.</summary>
    public IReadOnlyList<PathRule> Rules { get; init; } = [];

    /// <summary>The limit for what each host sends, in bytes per second; null for no limit.</summary>
    public long? BandwidthLimit { get; init; }

    public Topology Topology { get; init; } = Topology.Auto;

    /// <summary>Which hosts may replace a lost source.</summary>
    public Failover Failover { get; init; } = Failover.Sources;

    /// <summary>Use no TLS between relays; for trusted networks.</summary>
    public bool PlainChannel { get; init; }

    /// <summary>The ports that relays may listen on; null for any.</summary>
    public PortRange? Ports { get; init; }
}
