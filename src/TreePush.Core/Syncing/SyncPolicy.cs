namespace TreePush.Core.Syncing;

/// <summary>What the user decided about a sync, and the times that its decisions go by.</summary>
public sealed record SyncPolicy
{
    public Topology Topology { get; init; } = Topology.Auto;

    /// <summary>Who may take a lost source's place.</summary>
    public Failover Failover { get; init; } = Failover.Sources;

    /// <summary>Only find out what each host would receive and lose.</summary>
    public bool DryRun { get; init; }

    /// <summary>What a host may send at most, in bytes a second: of nobody is more expected, whatever the links could do.</summary>
    public double MostRate { get; init; } = double.PositiveInfinity;

    /// <summary>Have targets probed before they are opened, where there are more than <see cref="MaxOpening"/>: those that answer come first.</summary>
    public bool Probe { get; init; }

    /// <summary>How many relays may be starting at once; those that take longer than <see cref="SlotTime"/> and did not answer the probe are not counted.</summary>
    public int MaxOpening { get; init; } = 32;

    /// <summary>How many may be starting at once in all: each is a process of the controller.</summary>
    public int MostOpening => (Probe ? 4 : 1) * MaxOpening;

    /// <summary>For how long a host that did not answer the probe counts as one that is starting.</summary>
    public TimeSpan SlotTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A relay that says nothing for this long is taken for dead.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a relay reports while anything is left to do for it or its children.</summary>
    public TimeSpan ReportEvery { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>When a host has not reported for this long and nothing comes to its children, they go elsewhere until it reports again.</summary>
    public TimeSpan Quiet => 2.5 * ReportEvery;

    /// <summary>A host whose disk has not responded for this long gets no children, and those it has go elsewhere until it responds.</summary>
    public TimeSpan DiskStall { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A host whose disk has not responded for this long fails. Storage that fails over to another path can take most of a minute.</summary>
    public TimeSpan DiskPatience { get; init; } = TimeSpan.FromSeconds(60);
}
