namespace TreePush.Core.Syncing;

/// <summary>The user's settings for a sync, and the time limits of its decisions.</summary>
public sealed record SyncPolicy
{
    public Topology Topology { get; init; } = Topology.Auto;

    /// <summary>Which host may take the place of a lost source.</summary>
    public Failover Failover { get; init; } = Failover.Sources;

    /// <summary>Whether to find out only what each host would receive and delete.</summary>
    public bool DryRun { get; init; }

    /// <summary>The most that a host may send, in bytes per second. No host is expected to be faster, whatever its links can carry.</summary>
    public double MostRate { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// Whether targets are probed before relays are started, if there are more than <see cref="MaxOpening"/>. Those that answer
    /// come first.
    /// </summary>
    public bool Probe { get; init; }

    /// <summary>The most relays that start at once. A host that did not answer the probe is not counted after <see cref="SlotTime"/>.</summary>
    public int MaxOpening { get; init; } = 32;

    /// <summary>The most relays that start at once, including those not counted above. Each is a process of the controller.</summary>
    public int MostOpening => (Probe ? 4 : 1) * MaxOpening;

    /// <summary>For how long a host that did not answer the probe counts against <see cref="MaxOpening"/>.</summary>
    public TimeSpan SlotTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A relay that sends nothing for this long is taken for dead.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The interval of a relay's reports while it or its children have work left.</summary>
    public TimeSpan ReportEvery { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>If a host has not reported for this long and nothing comes to its children, they go elsewhere until it reports again.</summary>
    public TimeSpan Quiet => 2.5 * ReportEvery;

    /// <summary>A host whose disk has not responded for this long gets no children, and its present children go elsewhere until the disk responds.</summary>
    public TimeSpan DiskStall { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A host whose disk has not responded for this long fails. Storage that fails over to another path can take most of a minute.</summary>
    public TimeSpan DiskPatience { get; init; } = TimeSpan.FromSeconds(60);
}
