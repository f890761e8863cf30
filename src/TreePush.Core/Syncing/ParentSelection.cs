namespace TreePush.Core.Syncing;

/// <summary>
/// Chooses whom a host is attached to. A new host goes to the end of a chain, or the shallowest place of a tree, near to its
/// zone. One whose parent fell away goes to that parent's parent, or to any other host ahead of it.
/// </summary>
internal sealed class ParentSelection(SyncState state, Reachability reach)
{
    private const int MostAncestors = 16;
    private const int MostSteps = 256;
    private const int MostComplete = 16;

    /// <summary>How many slow children a host has beside its own, and one that has nothing to receive itself.</summary>
    private const int MostSlow = 2;
    private const int MostSlowOfWhole = 8;

    /// <summary>How many hosts from the end of a chain share the slow ones.</summary>
    private const int MostLastHosts = 200;

    /// <summary>A parent from which so many links of the same child failed is passed over as long as there is another.</summary>
    private const int MostFailures = 2;
    private const int Any = int.MaxValue;

    /// <summary>One from which spoiled data came is passed over too; where there is no other it is tried again, though not for ever.</summary>
    private const int MostSpoiled = 6;

    /// <summary>A host that said nothing for so long is passed over as long as there is another.</summary>
    private static readonly TimeSpan MostQuiet = TimeSpan.FromSeconds(3);

    private readonly TimeSpan _quiet = state.Policy.Quiet < MostQuiet ? state.Policy.Quiet : MostQuiet;

    /// <returns>Null where there is nobody.</returns>
    public (Node Parent, Route Route)? Find(Node child, DateTimeOffset now)
    {
        // Without a writer hosts still give each other what they have: often that is everything.
        if (state.Writer is null && !state.HasLinked) return null;
        var since = now - _quiet;
        var found = First(child, WithRoom(child), MostFailures, since, reach.Usual)
            ?? First(child, WithRoom(child), MostFailures, since, Reachability.LastResort);
        if (found is not null || IsServed(child)) return found;
        // A parent whose disk does not respond may go on soon: to crowd others for that helps nobody.
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

    /// <summary>Whether a host may hang on another: never on one that hangs on itself, however far down.</summary>
    private static bool May(Node child, Node parent, int failures) =>
        parent.CanServe && parent != child && parent != child.Standing?.Parent
        && (child.Out.Count == 0 || parent.Rank < child.Rank)
        && child.Links.Failures.GetValueOrDefault(parent) < (parent.Links.Accusers.Contains(child) ? Pardon(failures) : failures);

    private static int Pardon(int failures) => failures == Any ? MostSpoiled : 0;

    private IEnumerable<Node> WithRoom(Node child) =>
        child.IsSlow ? ForSlow(child) : child.LastParent is null || IsServed(child) ? ForNew(child) : ForOrphan(child);

    /// <summary>It only looks for a better place.</summary>
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

    /// <summary>Slow hosts share the last hosts, so that no two sit behind each other and none before others.</summary>
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

    /// <summary>Those that have children enough, but are better than nobody.</summary>
    private IEnumerable<Node> Crowded(Node child)
    {
        foreach (var node in state.Complete.Values.Take(MostComplete)) yield return node;
        foreach (var node in Ancestors(child)) yield return node;
        if (state.Writer is { } writer) yield return writer;
    }

    /// <summary>Those it hung on, up to one that hangs on nobody. What those that are gone hung on may be long out of date: it is not followed for ever.</summary>
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
