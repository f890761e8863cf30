using TreePush.Core.Syncing.Stragglers;

namespace TreePush.Core.Syncing;

/// <summary>A host of a sync, and its place in the tree.</summary>
internal sealed class Node(Host host, Zone zone, int order, RelayRole role, bool isTarget)
{
    public Host Host { get; } = host;

    public Zone Zone { get; } = zone;

    /// <summary>Its place in the plan: the last word where all else is equal.</summary>
    public int Order { get; } = order;

    public RelayRole Role { get; set; } = role;

    public bool IsTarget { get; } = isTarget;

    public RelayState State { get; set; } = RelayState.Waiting;

    public Outcome Outcome { get; set; } = isTarget ? Outcome.Open : Outcome.Succeeded;

    public Need? Need { get; set; }

    public bool IsDelivered { get; set; }

    /// <summary>It writes the ledger.</summary>
    public bool IsWriter { get; set; }

    /// <summary>It spoils what it serves, lacks pieces, or can't go on: it gets no child.</summary>
    public bool IsExcluded { get; set; }

    /// <summary>It is being moved to the end: its children leave, and it gets no new ones until it stands there.</summary>
    public bool IsMoving { get; set; }

    /// <summary>Its relay ends as soon as its children have left it.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>It was found slow: it stands behind others and has no children.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Its disk does not respond at present.</summary>
    public bool IsStalled { get; set; }

    /// <summary>It has stopped reporting, and nothing comes to its children.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Content has come to it.</summary>
    public bool HasBegun { get; set; }

    /// <summary>What the probe has shown of it.</summary>
    public PortState Port { get; set; } = PortState.Unknown;

    /// <summary>Its relay has been starting for so long that others are started meanwhile.</summary>
    public bool IsLate { get; set; }

    /// <summary>The host that it is, under another name. That one does the work, and this one ends as it does.</summary>
    public Node? DuplicateOf { get; set; }

    /// <summary>Why it failed.</summary>
    public Failure? Failure { get; set; }

    /// <summary>What it has proved to have.</summary>
    public Receipt? Receipt { get; set; }

    public DateTimeOffset OpeningSince { get; set; }

    public DateTimeOffset LastHeard { get; set; }

    /// <summary>When its progress was last told.</summary>
    public DateTimeOffset LastTold { get; set; }

    /// <summary>How many pages of the ledger it has, as far as known.</summary>
    public long Pages { get; set; }

    /// <summary>The most bytes of its need that it has told of.</summary>
    public long Have { get; set; }

    /// <summary>
    /// Grows along every link, so that no cycle is possible: a host is attached only to one of lower rank. It may rise while
    /// nothing hangs on the host, and fall while the host hangs on nothing.
    /// </summary>
    public long Rank { get; set; }

    /// <summary>Links between it and the nearest host above it that has everything, as far as known.</summary>
    public int Depth { get; set; }

    /// <summary>Where <see cref="RateBook"/> has filed it.</summary>
    public int? RateStep { get; set; }

    /// <summary>Where it is listed as a place for others.</summary>
    public Place? Listed { get; set; }

    /// <summary>The link that it receives over.</summary>
    public Link? Standing { get; set; }

    /// <summary>The link that is to take the standing one's place.</summary>
    public Link? Pending { get; set; }

    /// <summary>Links to its children, made and being made.</summary>
    public List<Link> Out { get; } = [];

    /// <summary>Whom it hung on last.</summary>
    public Node? LastParent { get; set; }

    /// <summary>It is in the queue of those that want a parent.</summary>
    public bool IsQueued { get; set; }

    /// <summary>It is listed among those that have everything and serve nobody.</summary>
    public bool IsListedIdle { get; set; }

    /// <summary>Since when it wants a parent and there is none.</summary>
    public DateTimeOffset? StrandedSince { get; set; }

    /// <summary>Until when it waits for hosts of the zone in which the chain ends just now.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    public PaceRecord Pace { get; } = new();

    public LinkRecord Links { get; } = new();

    public HostName Name => Host.Name;

    /// <summary>Every byte of content is on it.</summary>
    public bool HasAll => IsWriter || IsDelivered || Need is { IsNothing: true };

    /// <summary>It hangs on nobody, and needs nobody any more.</summary>
    public bool IsRoot => IsWriter || IsDelivered;

    public bool IsUp => State == RelayState.Up;

    /// <summary>Whom it hangs on, hung on last, or is to hang on.</summary>
    public Node? Above => (Standing ?? Pending)?.Parent ?? LastParent;

    /// <summary>It can have children at all. All hosts depend on the writer anyway: while it does not respond, they wait for it.</summary>
    public bool CanServe => IsUp && !IsExcluded && !IsMoving && ((!IsStalled && !IsQuiet) || IsWriter) && (Role != RelayRole.Mirror || HasAll);

    public override string ToString() => $"{Name} ({State}, {Outcome}, rank {Rank}, depth {Depth})";
}
