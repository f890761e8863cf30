namespace TreePush.Core.Syncing;

/// <summary>The hosts of one zone.</summary>
internal sealed class Zone(string name, int order)
{
    public string Name { get; } = name;

    public int Order { get; } = order;

    /// <summary>The number of hosts in the zone.</summary>
    public int Hosts { get; set; }

    /// <summary>The number of relays being started.</summary>
    public int Opening { get; set; }

    /// <summary>The number of targets without an outcome.</summary>
    public int Undecided { get; set; }

    /// <summary>The number of relays that have everything and serve nobody.</summary>
    public int Idle { get; set; }

    /// <summary>The hosts of the zone that another host can be attached to.</summary>
    public SortedSet<Place> Places { get; } = [];

    /// <summary>The hosts that are ready but wait for others that fit the end of the chain better.</summary>
    public List<Node> Held { get; } = [];

    /// <summary>The host of the zone that was attached last. It is the others' parent of last resort.</summary>
    public Node? Latest { get; set; }

    public override string ToString() => Name;
}
