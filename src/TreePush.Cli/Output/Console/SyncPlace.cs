using TreePush.Core.Hosts;
using TreePush.Core.Syncing;

namespace TreePush.Cli.Output.Console;

/// <summary>A host in the order of the chains: each follows the host that it receives from.</summary>
/// <param name="Depth">The number of branchings between the host and its source. A chain without branchings has no indentation.</param>
internal readonly record struct SyncPlace(SyncHost Host, int Depth)
{
    /// <summary>
    /// The hosts that receive or serve: sources first, each followed by the hosts that receive from it, directly or not.
    /// </summary>
    public static IReadOnlyList<SyncPlace> All(SyncTally tally)
    {
        var hosts = tally.Hosts;
        var children = hosts.Values.Where(h => h.Parent is { } p && hosts.ContainsKey(p)).ToLookup(h => h.Parent!.Value);
        var places = new List<SyncPlace>();
        var seen = new HashSet<HostName>();
        var waiting = new Stack<SyncPlace>();
        var roots = hosts.Values.Where(h => (h.Parent is null || !hosts.ContainsKey(h.Parent.Value)) && (h.IsSource || children.Contains(h.Name)));
        foreach (var root in roots.OrderBy(h => h.Role ?? RelayRole.Target).ThenBy(h => h.Name).Reverse()) waiting.Push(new SyncPlace(root, 0));
        while (waiting.TryPop(out var place))
        {
            if (!seen.Add(place.Host.Name)) continue;
            places.Add(place);
            List<SyncHost> next = [.. children[place.Host.Name].OrderBy(h => h.LinkNumber)];
            int depth = next.Count > 1 ? place.Depth + 1 : place.Depth;
            for (int i = next.Count - 1; i >= 0; i--) waiting.Push(new SyncPlace(next[i], depth));
        }

        return places;
    }
}
