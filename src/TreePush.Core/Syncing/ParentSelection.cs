namespace TreePush.Core.Syncing;

/// <summary>
/// Parent selection. A new host goes to the end of a chain, or to the shallowest place of a tree, preferably in its own zone. A
/// host whose parent is gone goes to that parent's parent, or to any other host ahead of it.
/// </summary>
internal sealed class ParentSelection(SyncState state, Reachability reach)
{
    private const int MostAncestors = 16;
    private const int MostSteps = 256;
    private const int MostComplete = 16;

    /// <summary>The most slow children of a host, besides its other child, and of a host that has nothing to receive itself.</summary>
    private const int MostSlow = 2;
    private const int MostSlowOfWhole = 8;

    /// <summary>The number of hosts at the end of a chain that the slow hosts are spread over.</summary>
    private const int MostLastHosts = 200;

    /// <summary>A parent from which this many links of the same child failed is passed over as long as there is another.</summary>
    private const int MostFailures = 2;
    private const int Any = int.MaxValue;

    /// <summary>A parent that sent the child corrupt data is passed over too. If there is no other, it is tried again up to this many failures.</summary>
    private const int MostSpoiled = 6;

    /// <summary>A host that sent no message for this long is passed over as long as there is another.</summary>
    private static readonly TimeSpan MostQuiet = TimeSpan.FromSeconds(3);

    private readonly TimeSpan _quiet = state.Policy.Quiet < MostQuiet ? state.Policy.Quiet : MostQuiet;

    /// <returns>Null if there is no parent.</returns>
    public (Node Parent, Route Route)? Find(Node child, DateTimeOffset now)
    {
        // Without a writer, hosts still exchange what they have, which is often everything.
        if (state.Writer is null && !state.HasLinked) return null;
        var since = now - _quiet;
        var found = First(child, WithRoom(child), MostFailures, since, reach.Usual)
            ?? First(child, WithRoom(child), MostFailures, since, Reachability.LastResort);
        if (found is not null || IsServed(child)) return found;
        // A parent whose disk does not respond may recover soon. Crowding other hosts meanwhile would help nobody.
        if (child.Standing is { Parent: { IsStalled: true, IsUp: true, IsExcluded: false } }) return null;
        return First(child, Crowded(child), MostFailures, since, reach.Usual)
            ?? First(child, Crowded(child), MostFailures, since, Reachability.LastResort)
            ?? First(child, Crowded(child), Any, DateTimeOffset.MinValue, reach.Usual);
    }

    private static (Node Parent, Route Route)? First(
        Node child, IEnumerable<Node> candidates, int failures, DateTimeOffset heardSince, Func<Node, Node, Route?> route)
    {
        foreach (var parent in candidates)
            if (parent.LastHeard >= heardSince && May(child, parent, failures) && route(child, parent) is { } way) return (parent, way);
        return null;
    }

    /// <summary>Whether a child may be attached to a parent. A host is never attached to one of its own descendants.</summary>
    private static bool May(Node child, Node parent, int failures) =>
        parent.CanServe && parent != child && parent != child.Standing?.Parent
        && (child.Out.Count == 0 || parent.Rank < child.Rank)
        && child.Links.Failures.GetValueOrDefault(parent) < (parent.Links.Accusers.Contains(child) ? Pardon(failures) : failures);

    private static int Pardon(int failures) => failures == Any ? MostSpoiled : 0;

    private IEnumerable<Node> WithRoom(Node child) =>
        child.IsSlow ? ForSlow(child) : child.LastParent is null || IsServed(child) ? ForNew(child) : ForOrphan(child);

    /// <summary>Whether the child has a parent that can serve, and only looks for a better one.</summary>
    private static bool IsServed(Node child) => child.Standing is { Parent.CanServe: true };

    private IEnumerable<Node> ForNew(Node child)
    {
        foreach (var node in state.Places.For(child.Zone)) yield return node;
        foreach (var node in state.Places.OneInEachZone()) yield return node;
        if (child.Zone.Latest is { } latest) yield return latest;
    }

    private IEnumerable<Node> ForOrphan(Node child)
    {
        foreach (var node in Ancestors(child))
            if (SyncState.Load(node) <= state.Slots(node)) yield return node;
        foreach (var node in ForNew(child)) yield return node;
    }

    /// <summary>
    /// Returns parents for a slow host. Slow hosts share the last hosts of the chains, so that none is below another and none is
    /// above other hosts.
    /// </summary>
    private IEnumerable<Node> ForSlow(Node child)
    {
        foreach (var node in state.Places.Whole)
            if (SlowChildren(node) < MostSlowOfWhole && !node.IsWriter) yield return node;
        foreach (var last in state.Places.Last)
        {
            var node = last;
            for (int seen = 0; seen < MostLastHosts && node is { HasAll: false }; seen++, node = node.Above)
                if (SlowChildren(node) < MostSlow) yield return node;
        }

        foreach (var node in ForNew(child)) yield return node;
    }

    private static int SlowChildren(Node node) => node.Out.Count(l => l.Child.IsSlow);

    /// <summary>Returns hosts that have enough children already, but are better than no parent.</summary>
    private IEnumerable<Node> Crowded(Node child)
    {
        foreach (var node in state.Complete.Values.Take(MostComplete)) yield return node;
        foreach (var node in Ancestors(child)) yield return node;
        if (state.Writer is { } writer) yield return writer;
    }

    /// <summary>
    /// Returns the host's former parents, up to a root. The records of hosts that are gone may be out of date, so the number of
    /// steps is limited.
    /// </summary>
    private static IEnumerable<Node> Ancestors(Node child)
    {
        int seen = 0;
        var node = child.LastParent;
        for (int steps = 0; node is not null && seen < MostAncestors && steps < MostSteps; steps++)
        {
            if (node.IsUp) seen++;
            if (node.IsUp) yield return node;
            node = node.IsRoot ? null : node.Above;
        }
    }
}
