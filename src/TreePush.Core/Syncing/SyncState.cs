namespace TreePush.Core.Syncing;

/// <summary>The state of a sync, and the changes that keep its parts consistent. It makes no decisions.</summary>
internal sealed class SyncState(SyncPlan plan) : RunState<SyncCommand, Action<DateTimeOffset>>(at => new SyncCommand.WakeAt(at))
{
    private readonly Dictionary<HostName, Node> _nodes = [];
    private readonly Dictionary<string, Zone> _zones = [];
    private readonly Dictionary<int, Link> _links = [];
    private readonly Queue<Node> _seekers = new();
    private readonly Queue<Node> _emptied = new();
    private int _lastLink;

    public SyncPlan Plan { get; } = plan;

    public SyncPolicy Policy => Plan.Policy;

    public IReadOnlyCollection<Node> Nodes => _nodes.Values;

    public IReadOnlyCollection<Zone> Zones => _zones.Values;

    public Places Places { get; } = new();

    /// <summary>The hosts that are up and have everything. Any host can be attached to them.</summary>
    public SortedDictionary<int, Node> Complete { get; } = [];

    /// <summary>The writer of the ledger; null before there is one, and while a successor is sought.</summary>
    public Node? Writer { get; set; }

    public Topology Topology { get; set; } = new(TopologyKind.Chain);

    public DateTimeOffset Started { get; set; }

    /// <summary>The hosts that found no parent.</summary>
    public HashSet<Node> Stranded { get; } = [];

    /// <summary>When a host last made progress: it received something, was started, or was linked.</summary>
    public DateTimeOffset LastGain { get; set; }

    /// <summary>Whether a link has been up, so that hosts know a ledger.</summary>
    public bool HasLinked { get; set; }

    /// <summary>The number of relays being started.</summary>
    public int Opening { get; private set; }

    /// <summary>How many of these no longer hold a slot.</summary>
    public int Late { get; private set; }

    /// <summary>The number of targets without an outcome.</summary>
    public int Undecided { get; private set; }

    /// <summary>The number of targets of this part of the run.</summary>
    public int TargetCount { get; private set; }

    public int Succeeded { get; private set; }

    public int Failed { get; private set; }

    public int NotTried { get; private set; }

    public Node Add(Host host, RelayRole role, bool isTarget)
    {
        string name = host.Placement.Zone ?? "\0";
        if (!_zones.TryGetValue(name, out var zone)) _zones[name] = zone = new Zone(name, _zones.Count);
        var node = new Node(host, zone, _nodes.Count, role, isTarget);
        _nodes.Add(host.Name, node);
        zone.Hosts++;
        if (!isTarget) return node;
        Undecided++;
        TargetCount++;
        zone.Undecided++;
        return node;
    }

    public void CountServed(int hosts) => Succeeded += hosts;

    public Node? Find(HostName host) => _nodes.GetValueOrDefault(host);

    public Link? FindLink(int number) => _links.GetValueOrDefault(number);

    public void Move(Node node, RelayState state)
    {
        CountOpening(node, -1);
        node.State = state;
        CountOpening(node, 1);
        Refresh(node);
    }

    private void CountOpening(Node node, int change)
    {
        if (node.State != RelayState.Opening) return;
        Opening += change;
        node.Zone.Opening += change;
        if (change < 0 && node.IsLate) MarkLate(node, false);
    }

    /// <summary>Sets whether a relay being started no longer holds a slot.</summary>
    public void MarkLate(Node node, bool isLate)
    {
        if (node.IsLate == isLate) return;
        node.IsLate = isLate;
        Late += isLate ? 1 : -1;
    }

    /// <summary>Sets a target's outcome. Only the first call has an effect.</summary>
    public void Decide(Node node, Outcome outcome)
    {
        if (node.Outcome != Outcome.Open) return;
        node.Outcome = outcome;
        Undecided--;
        node.Zone.Undecided--;
        switch (outcome)
        {
            case Outcome.Succeeded: Succeeded++; break;
            case Outcome.Failed: Failed++; break;
            case Outcome.NotTried: NotTried++; break;
        }
    }

    /// <summary>Requests a link. It replaces a link that is still being made. A link that is up continues until the new one is up.</summary>
    public void Attach(Node child, Node parent, Route route, DateTimeOffset now)
    {
        if (child.Pending is { } old) Detach(old);
        var link = new Link(++_lastLink, parent, child, route, now);
        _links.Add(link.Number, link);
        child.Pending = link;
        child.LastParent = parent;
        child.Links.Attempts++;
        child.StrandedSince = null;
        Stranded.Remove(child);
        child.Zone.Latest = child;
        if (child.Out.Count == 0) child.Rank = 1 + Math.Max(parent.Rank, child.Standing?.Parent.Rank ?? 0);
        parent.Out.Add(link);
        Refresh(parent);
        Deepen(child, parent);
        Issue(new SyncCommand.Link(link.Number, parent.Name, child.Name, route));
    }

    /// <summary>Forgets a link. The relays notice its end by themselves.</summary>
    public void Detach(Link link)
    {
        if (link.IsOver) return;
        link.IsOver = true;
        _links.Remove(link.Number);
        link.Parent.Out.Remove(link);
        if (link.Child.Standing == link) link.Child.Standing = null;
        if (link.Child.Pending == link) link.Child.Pending = null;
        Refresh(link.Parent);
        if (link.Parent is { Out.Count: 0, IsUp: true }) _emptied.Enqueue(link.Parent);
    }

    /// <summary>Removes and returns a host that has lost its last child.</summary>
    public bool NextEmptied(out Node node) => _emptied.TryDequeue(out node!);

    /// <summary>Detaches a host from its parent and makes it a root.</summary>
    public void Uproot(Node node)
    {
        if (node.Standing is { } standing) Detach(standing);
        if (node.Pending is { } pending) Detach(pending);
        node.Rank = 0;
        Refresh(node);
    }

    private void Deepen(Node child, Node parent)
    {
        child.Depth = child.HasAll ? 0 : parent.Depth + 1;
        Refresh(child);
    }

    /// <summary>Updates the indexes after a change to a host that affects whether others can be attached to it.</summary>
    public void Refresh(Node node)
    {
        if (node.HasAll) node.Depth = 0;
        if (node.HasAll && node.CanServe) Complete[node.Order] = node;
        else Complete.Remove(node.Order);
        Places.File(node, node.CanServe && !node.IsSlow && IsPlaced(node) && Load(node) < Slots(node));
    }

    /// <summary>Whether the host has, or will have, what a child may need.</summary>
    private static bool IsPlaced(Node node) => node.HasAll || node.Standing is not null || node.Pending is not null;

    /// <summary>Updates the indexes for all hosts, after the topology has changed.</summary>
    public void RefreshAll()
    {
        foreach (var node in _nodes.Values) Refresh(node);
    }

    /// <summary>Returns how many children a host should have.</summary>
    public int Slots(Node node) => Topology.Kind == TopologyKind.Tree || node.Role != RelayRole.Target ? Topology.Width : 1;

    /// <summary>
    /// Counts the children that use a host's link. Slow children use little of it and are not counted; children that have
    /// everything, or are silent, use nothing.
    /// </summary>
    public static int Load(Node node)
    {
        int load = 0;
        foreach (var link in node.Out)
            if (!link.Child.HasAll && !link.Child.IsSlow && !link.Child.IsQuiet && link.Child.Role != RelayRole.Mirror) load++;
        return load;
    }

    /// <summary>Queues a host to be given a parent.</summary>
    public void Seek(Node node)
    {
        if (node.IsQueued || !node.IsUp || node.IsRoot) return;
        node.IsQueued = true;
        _seekers.Enqueue(node);
    }

    public bool NextSeeker(out Node node)
    {
        if (!_seekers.TryDequeue(out node!)) return false;
        node.IsQueued = false;
        return true;
    }

    /// <summary>Schedules an action.</summary>
    public void At(DateTimeOffset time, Action<DateTimeOffset> due) => AddAlarm(due, time);

    public void RunDue(DateTimeOffset now)
    {
        foreach (var due in TakeDueAlarms(now)) due(now);
    }
}
