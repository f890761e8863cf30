namespace TreePush.Core.Syncing;

/// <summary>The hosts of one zone.</summary>
internal sealed class Zone(string name, int order)
{
    public string Name { get; } = name;

    public int Order { get; } = order;

    /// <summary>How many hosts it has.</summary>
    public int Hosts { get; set; }

    /// <summary>Relays being started.</summary>
    public int Opening { get; set; }

    /// <summary>Targets of which nothing is decided yet.</summary>
    public int Undecided { get; set; }

    /// <summary>Relays that have everything and serve nobody.</summary>
    public int Idle { get; set; }

    /// <summary>Places of the zone where a host can be attached.</summary>
    public SortedSet<Place> Places { get; } = [];

    /// <summary>Hosts that are ready and wait for others that fit better to the end of the chain.</summary>
    public List<Node> Held { get; } = [];

    /// <summary>The host of the zone that was attached last: a parent of last resort for the others.</summary>
    public Node? Latest { get; set; }

    public override string ToString() => Name;
}
