using TreePush.Core.Syncing.Stragglers;

namespace TreePush.Core.Syncing;

/// <summary>A host of a sync, and its place in the tree.</summary>
internal sealed class Node(Host host, Zone zone, int order, RelayRole role, bool isTarget)
{
    public Host Host { get; } = host;

    public Zone Zone { get; } = zone;

    /// <summary>The host's position in the plan. It breaks ties.</summary>
    public int Order { get; } = order;

    public RelayRole Role { get; set; } = role;

    public bool IsTarget { get; } = isTarget;

    public RelayState State { get; set; } = RelayState.Waiting;

    public Outcome Outcome { get; set; } = isTarget ? Outcome.Open : Outcome.Succeeded;

    public Need? Need { get; set; }

    public bool IsDelivered { get; set; }

    /// <summary>Whether the host writes the ledger.</summary>
    public bool IsWriter { get; set; }

    /// <summary>Whether the host gets no more children, because it corrupts data, lacks pieces, or can't continue.</summary>
    public bool IsExcluded { get; set; }

    /// <summary>Whether the host is being moved to the end of a chain. Its children leave, and it gets no new ones until it is attached there.</summary>
    public bool IsMoving { get; set; }

    /// <summary>Whether the host's relay ends as soon as its children have left.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Whether the host was found to be slow. It is then attached behind others and has no children.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Whether the host's disk does not respond at present.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Whether the host has stopped reporting while nothing comes to its children.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Whether the host has received any content.</summary>
    public bool HasBegun { get; set; }

    /// <summary>The result of the probe.</summary>
    public PortState Port { get; set; } = PortState.Unknown;

    /// <summary>Whether the relay has been starting for so long that it no longer holds a slot.</summary>
    public bool IsLate { get; set; }

    /// <summary>The same host under another name, or null. That one does the work, and this one gets its outcome.</summary>
    public Node? DuplicateOf { get; set; }

    /// <summary>Why the host failed.</summary>
    public Failure? Failure { get; set; }

    /// <summary>The host's proof that it has everything.</summary>
    public Receipt? Receipt { get; set; }

    public DateTimeOffset OpeningSince { get; set; }

    public DateTimeOffset LastHeard { get; set; }

    /// <summary>When the host's progress was last emitted.</summary>
    public DateTimeOffset LastTold { get; set; }

    /// <summary>The number of ledger pages that the host has, as last reported.</summary>
    public long Pages { get; set; }

    /// <summary>The highest reported number of bytes that the host has of its need.</summary>
    public long Have { get; set; }

    /// <summary>
    /// The rank grows along every link, so no cycle is possible: a host that has children is attached only to a host of lower
    /// rank. The rank may rise while the host has no children, and fall while it has no parent.
    /// </summary>
    public long Rank { get; set; }

    /// <summary>The number of links between the host and the nearest host above it that has everything, as far as known.</summary>
    public int Depth { get; set; }

    /// <summary>The step at which <see cref="RateBook"/> counts the host.</summary>
    public int? RateStep { get; set; }

    /// <summary>The host's entry in <see cref="Places"/>; null if it has no room.</summary>
    public Place? Listed { get; set; }

    /// <summary>The link that the host receives over.</summary>
    public Link? Standing { get; set; }

    /// <summary>The requested link. It replaces the present one when it is up.</summary>
    public Link? Pending { get; set; }

    /// <summary>The links to the host's children, including those being made.</summary>
    public List<Link> Out { get; } = [];

    /// <summary>The host's last parent.</summary>
    public Node? LastParent { get; set; }

    /// <summary>Whether the host is in the queue for a parent.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether the host is in the queue of <see cref="IdleRelays"/>.</summary>
    public bool IsListedIdle { get; set; }

    /// <summary>Since when the host has looked for a parent without finding one.</summary>
    public DateTimeOffset? StrandedSince { get; set; }

    /// <summary>Until when the host waits for others of the zone at the end of the chain.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    public PaceRecord Pace { get; } = new();

    public LinkRecord Links { get; } = new();

    public HostName Name => Host.Name;

    /// <summary>Whether the host has all content.</summary>
    public bool HasAll => IsWriter || IsDelivered || Need is { IsNothing: true };

    /// <summary>Whether the host has no parent and needs none.</summary>
    public bool IsRoot => IsWriter || IsDelivered;

    public bool IsUp => State == RelayState.Up;

    /// <summary>The host's parent; else its future parent; else its last one.</summary>
    public Node? Above => (Standing ?? Pending)?.Parent ?? LastParent;

    /// <summary>Whether the host can have children. All hosts depend on the writer anyway, so they wait for a writer that does not respond.</summary>
    public bool CanServe => IsUp && !IsExcluded && !IsMoving && ((!IsStalled && !IsQuiet) || IsWriter) && (Role != RelayRole.Mirror || HasAll);

    public override string ToString() => $"{Name} ({State}, {Outcome}, rank {Rank}, depth {Depth})";
}
