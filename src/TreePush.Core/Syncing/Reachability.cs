namespace TreePush.Core.Syncing;

/// <summary>
/// Who can connect to whom, learned from what could not. Two hosts are not tried again by a route that failed them. Where
/// two pairs of two zones failed and none got through, others of these zones are not tried directly either.
/// </summary>
internal sealed class Reachability
{
    private const int PairsToConfirm = 2;
    private const int StrangersToConfirm = 3;

    /// <summary>A child that so many parents were out of reach for is not sent to one more directly.</summary>
    private const int MostTried = 3;

    private readonly Dictionary<(Zone Child, Zone Parent), Crossing> _crossings = [];

    /// <summary>The route to try first, or null where none is left short of the last resort.</summary>
    public Route? Usual(Node child, Node parent)
    {
        if (parent.Host.IsLocal && !child.Host.IsLocal && May(child, parent, Route.ThroughController)) return Route.ThroughController;
        return MayDirectly(child, parent) ? Route.Direct : null;
    }

    /// <summary>Through the controller, where nothing else is left.</summary>
    public static Route? LastResort(Node child, Node parent) => May(child, parent, Route.ThroughController) ? Route.ThroughController : null;

    public void Failed(Link link)
    {
        var (child, parent) = (link.Child, link.Parent);
        child.Links.Unreachable.Add((parent, link.Route));
        if (link.Route != Route.Direct) return;
        if (!parent.Links.WasReached) parent.Links.Strangers.Add(child);
        var crossing = Of(child, parent);
        crossing.Failed++;
    }

    public void Stands(Link link)
    {
        if (link.Route != Route.Direct) return;
        link.Parent.Links.WasReached = true;
        link.Parent.Links.Strangers.Clear();
        Of(link.Child, link.Parent).IsOpen = true;
    }

    private static bool May(Node child, Node parent, Route route) => !child.Links.Unreachable.Contains((parent, route));

    private bool MayDirectly(Node child, Node parent)
    {
        if (!May(child, parent, Route.Direct) || parent.Links.Strangers.Count >= StrangersToConfirm) return false;
        if (child.Links.Unreachable.Count >= MostTried && child.Zone != parent.Zone) return false;
        var crossing = Of(child, parent);
        return crossing.IsOpen || crossing.Failed < PairsToConfirm;
    }

    private Crossing Of(Node child, Node parent)
    {
        var key = (child.Zone, parent.Zone);
        if (!_crossings.TryGetValue(key, out var crossing)) _crossings[key] = crossing = new Crossing();
        return crossing;
    }

    /// <summary>What is known of connections from the hosts of one zone to those of another.</summary>
    private sealed class Crossing
    {
        /// <summary>Pairs that failed; each pair is tried but once.</summary>
        public int Failed { get; set; }

        /// <summary>A pair got through.</summary>
        public bool IsOpen { get; set; }
    }
}
