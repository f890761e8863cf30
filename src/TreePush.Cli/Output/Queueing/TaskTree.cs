using TreePush.Core.Queueing;

namespace TreePush.Cli.Output.Queueing;

/// <summary>Who serves whom: each host below the host that it pulls or has pulled from.</summary>
internal static class TaskTree
{
    /// <summary>
    /// The hosts from the top down, each with its depth. Every host is listed once, also where the records contradict each other: a
    /// host that gave the file away and pulled it again may be below one of its own children.
    /// </summary>
    public static IEnumerable<(TaskHost Host, int Depth)> Walk(IReadOnlyList<TaskHost> hosts)
    {
        var shown = hosts.Where(h => h.Progress is HostProgress.Finished or HostProgress.Running).OrderBy(h => h.Name, StringComparer.Ordinal).ToList();
        var names = shown.Select(h => h.Name).ToHashSet(StringComparer.Ordinal);
        var children = shown.Where(h => h.Source is not null).ToLookup(h => h.Source!, StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var top in shown.OrderBy(h => h.Source is not null && names.Contains(h.Source)))
        {
            var open = new Stack<(TaskHost Host, int Depth)>([(top, 0)]);
            while (open.TryPop(out var next))
            {
                if (!told.Add(next.Host.Name)) continue;
                yield return next;
                foreach (var child in children[next.Host.Name].OrderBy(c => c.Since).ThenBy(c => c.Name, StringComparer.Ordinal).Reverse()) open.Push((child, next.Depth + 1));
            }
        }
    }
}
