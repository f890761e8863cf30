using System.Buffers;
using System.Text;

namespace TreePush.Relay.Targets;

/// <summary>Finds paths of a manifest that differ only in case. On some file systems they are the same path.</summary>
internal static class CasePairs
{
    /// <returns>Each path that has such a path before it, with the first of these.</returns>
    public static IReadOnlyList<(RelativePath First, RelativePath Second)> In(IReadOnlyCollection<RelativePath> paths)
    {
        var suspects = Suspects(paths);
        if (suspects.Count == 0) return [];
        var pairs = new List<(RelativePath, RelativePath)>();
        var firsts = new Dictionary<string, RelativePath>();
        foreach (var path in paths)
            if (suspects.Contains(HashOf(path)) && !firsts.TryAdd(Fold(path), path) && firsts[Fold(path)] != path)
                pairs.Add((firsts[Fold(path)], path));
        return pairs;
    }

    /// <summary>
    /// Returns the hashes that occur more than once. This takes little memory for a large manifest, and hardly any path has to be
    /// compared in full.
    /// </summary>
    private static HashSet<int> Suspects(IReadOnlyCollection<RelativePath> paths)
    {
        var seen = new HashSet<int>(paths.Count);
        var twice = new HashSet<int>();
        foreach (var path in paths)
            if (HashOf(path) is var hash && !seen.Add(hash)) twice.Add(hash);
        return twice;
    }

    private static int HashOf(RelativePath path)
    {
        if (!Ascii.IsValid(path.Bytes)) return string.GetHashCode(Fold(path), StringComparison.Ordinal);
        Span<byte> upper = stackalloc byte[RelativePath.LongestPath];
        int length = Ascii.ToUpper(path.Bytes, upper, out int written) == OperationStatus.Done ? written : 0;
        var hash = default(HashCode);
        hash.AddBytes(upper[..length]);
        return hash.ToHashCode();
    }

    private static string Fold(RelativePath path) => Encoding.UTF8.GetString(path.Bytes).ToUpperInvariant();
}
