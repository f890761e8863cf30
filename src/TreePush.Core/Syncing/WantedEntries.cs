using TreePush.Core.Manifests;
using TreePush.Core.Wire;

namespace TreePush.Core.Syncing;

/// <summary>
/// The entries that hosts want. A host says so once, when it has compared the whole manifest. Further messages of the same host
/// are dropped, so that no host can keep the controller busy.
/// </summary>
public sealed class WantedEntries
{
    private readonly PieceSet _wanted = new();
    private readonly HashSet<HostName> _asked = [];

    /// <summary>All entries wanted so far.</summary>
    public IReadOnlyList<PieceRange> All => _wanted.ToRanges();

    /// <returns>The entries that no host has wanted before.</returns>
    public IReadOnlyList<PieceRange> Add(HostName host, IReadOnlyList<PieceRange> entries)
    {
        if (entries.Count == 0 || entries[^1].End > Catalog.MostEntries || !_asked.Add(host)) return [];
        var news = new PieceSet();
        foreach (var range in entries) _wanted.Add(range, news);
        return news.ToRanges();
    }
}
