using TreePush.Core.Hosts;
using TreePush.Core.Syncing;

namespace TreePush.Cli.Output.Console;

/// <summary>The results of <c>sync -n</c>: hosts with equal needs in one group, the largest groups first.</summary>
internal static class NeedLines
{
    public static IEnumerable<string> Of(IEnumerable<SyncHost> hosts)
    {
        var groups = hosts.Where(h => h.Need is not null && !h.IsSource).GroupBy(h => h.Need!).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key.Bytes).ThenBy(g => g.Min(h => h.Name));
        foreach (var group in groups)
        {
            yield return $"{Count(group.Count(), "host", "hosts")}: {Words(group.Key)}";
            yield return "  " + HostRange.Fold(group.Select(h => h.Name.Value));
        }
    }

    /// <summary>A need in words: <c>receive 3 files, 12.3 MiB; change 1 other entry; delete 2 entries</c>.</summary>
    public static string Words(Need need)
    {
        int others = need.Changes - need.Files;
        var parts = new List<string>();
        if (need.Files > 0) parts.Add($"receive {Count(need.Files, "file", "files")}, {(need.Bytes > 0 ? Amounts.Size(need.Bytes) : "all empty")}");
        if (others > 0) parts.Add($"change {Count(others, "other entry", "other entries")}");
        if (need.Deletions > 0) parts.Add($"delete {Count(need.Deletions, "entry", "entries")}");
        return parts.Count == 0 ? "nothing to do" : string.Join("; ", parts);
    }

    private static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";
}
