namespace TreePush.Core.Syncing;

/// <summary>The hosts that others can be attached to, ordered by depth: the number of links to a host that has everything.</summary>
internal sealed class Places
{
    /// <summary>How many links deeper a place in the host's own zone may be before a place outside is preferred.</summary>
    private const int CrossingCost = 8;

    /// <summary>The most places that are considered.</summary>
    private const int MostLookedAt = 16;

    private readonly SortedSet<Place> _all = [];
    private readonly HashSet<Zone> _zones = [];

    public int Count => _all.Count;

    /// <summary>Adds or removes a host.</summary>
    public void File(Node node, bool isFree)
    {
        var place = isFree ? new Place(node.Depth, node.Order, node) : (Place?)null;
        if (node.Listed == place) return;
        if (node.Listed is { } old)
        {
            _all.Remove(old);
            node.Zone.Places.Remove(old);
            if (node.Zone.Places.Count == 0) _zones.Remove(node.Zone);
        }

        node.Listed = place;
        if (place is null) return;
        _all.Add(place.Value);
        node.Zone.Places.Add(place.Value);
        _zones.Add(node.Zone);
    }

    /// <summary>Returns places for a host, the best first: of low depth, and preferably in the host's own zone. Only the first few are considered.</summary>
    public IEnumerable<Node> For(Zone zone)
    {
        var inside = zone.Places.Take(MostLookedAt).ToList();
        var outside = _all.Take(MostLookedAt).Where(p => p.Host.Zone != zone).ToList();
        int i = 0, o = 0;
        while (i < inside.Count || o < outside.Count)
        {
            bool stays = i < inside.Count && (o == outside.Count || inside[i].Depth <= outside[o].Depth + CrossingCost);
            yield return stays ? inside[i++].Host : outside[o++].Host;
        }
    }

    /// <summary>The best place of every zone, for a host that can't reach the nearest places.</summary>
    public IEnumerable<Node> OneInEachZone() => _zones.OrderBy(s => s.Order).Select(s => s.Places.Min.Host);

    /// <summary>The deepest places: the ends of the longest chains first.</summary>
    public IEnumerable<Node> Last => _all.Reverse().Take(MostLookedAt).Select(p => p.Host);

    /// <summary>The places of hosts that have everything.</summary>
    public IEnumerable<Node> Whole => _all.Take(MostLookedAt).Select(p => p.Host).Where(n => n.HasAll);
}
