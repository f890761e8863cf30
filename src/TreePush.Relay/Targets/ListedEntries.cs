using TreePush.Core.Manifests;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>The manifest's entries in their order, each given out once, as they come.</summary>
internal sealed class ListedEntries(Holdings holdings)
{
    private int _next;

    public ManifestEntry this[int entry]
    {
        get
        {
            lock (holdings.Gate) return holdings.Catalog.Entries[entry];
        }
    }

    /// <summary>All that have come were given out. Under the holdings' lock.</summary>
    public bool AreOut => _next == holdings.Catalog.Entries.Count;

    /// <returns>The next of those that have come; null where all of them are out.</returns>
    public (int Number, ManifestEntry Entry)? Next()
    {
        lock (holdings.Gate) return AreOut ? null : (_next, holdings.Catalog.Entries[_next++]);
    }

    /// <returns>The next one, waited for; null when the manifest is complete.</returns>
    public (int Number, ManifestEntry Entry)? Await()
    {
        lock (holdings.Gate)
        {
            while (AreOut && !holdings.IsManifestComplete) Monitor.Wait(holdings.Gate);
            return Next();
        }
    }

    /// <summary>The paths of all that was listed.</summary>
    public RelativePath[] Paths()
    {
        lock (holdings.Gate) return [.. holdings.Catalog.Entries.Select(e => e.Path)];
    }

    public ManifestEntry[] Directories()
    {
        lock (holdings.Gate) return [.. holdings.Catalog.Entries.Where(e => e.Kind == EntryKind.Directory)];
    }
}
