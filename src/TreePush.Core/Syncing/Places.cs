namespace TreePush.Core.Syncing;

/// <summary>Where hosts can be attached, ordered by how far from whole content each place is.</summary>
internal sealed class Places
{
    /// <summary>So many more links are gone through before a host is attached outside of its zone's own places.</summary>
    private const int CrossingCost = 8;

    /// <summary>So many places are looked at where one after the other won't do.</summary>
    private const int MostLookedAt = 16;

    private readonly SortedSet<Place> _all = [];
    private readonly HashSet<Zone> _zones = [];

    public int Count => _all.Count;

    /// <summary>Lists a host, or strikes it out.</summary>
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

    /// <summary>Places for a host, the best first: near to whole content, and better in its own zone. Few are worth looking at.</summary>
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

    /// <summary>The best place of every zone that has one: for a host that can't reach the nearest ones.</summary>
    public IEnumerable<Node> OneInEachZone() => _zones.OrderBy(s => s.Order).Select(s => s.Places.Min.Host);

    /// <summary>The places that are farthest from whole content, the ends of the longest chains first.</summary>
    public IEnumerable<Node> Last => _all.Reverse().Take(MostLookedAt).Select(p => p.Host);

    /// <summary>Places of hosts that have everything.</summary>
    public IEnumerable<Node> Whole => _all.Take(MostLookedAt).Select(p => p.Host).Where(n => n.HasAll);
}
