namespace TreePush.Core.Syncing;

/// <summary>
/// Which hosts can connect to each other, learned from failures. Two hosts are not linked again by a route that failed. If two
/// pairs of hosts of two zones failed and no pair connected, other hosts of these zones are not linked directly either.
/// </summary>
internal sealed class Reachability
{
    private const int PairsToConfirm = 2;
    private const int StrangersToConfirm = 3;

    /// <summary>A child that could not reach this many parents is not sent directly to a parent of another zone.</summary>
    private const int MostTried = 3;

    private readonly Dictionary<(Zone Child, Zone Parent), Crossing> _crossings = [];

    /// <summary>Returns the route to try first, or null if only the last resort is left.</summary>
    public Route? Usual(Node child, Node parent)
    {
        if (parent.Host.IsLocal && !child.Host.IsLocal && May(child, parent, Route.ThroughController)) return Route.ThroughController;
        return MayDirectly(child, parent) ? Route.Direct : null;
    }

    /// <summary>Returns the route through the controller, for when there is no other, or null if it failed too.</summary>
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

    /// <summary>What is known about connections from the hosts of one zone to those of another.</summary>
    private sealed class Crossing
    {
        /// <summary>The number of pairs that failed. Each pair is tried only once.</summary>
        public int Failed { get; set; }

        /// <summary>Whether a pair connected.</summary>
        public bool IsOpen { get; set; }
    }
}
