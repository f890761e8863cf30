using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>The manifest's entries in their order, each given out once, as they come.</summary>
internal sealed class ListedEntries(PieceInventory inventory)
{
    private int _next;

    public ManifestEntry this[int entry]
    {
        get
        {
            lock (inventory.Gate) return inventory.Catalog.Entries[entry];
        }
    }

    /// <summary>All that have come were given out. Under the inventory's lock.</summary>
    public bool AreOut => _next == inventory.Catalog.Entries.Count;

    /// <returns>The next of those that have come; null where all of them are out.</returns>
    public (int Number, ManifestEntry Entry)? Next()
    {
        lock (inventory.Gate) return AreOut ? null : (_next, inventory.Catalog.Entries[_next++]);
    }

    /// <returns>The next one, waited for; null when the manifest is complete.</returns>
    public (int Number, ManifestEntry Entry)? Await()
    {
        lock (inventory.Gate)
        {
            while (AreOut && !inventory.IsManifestComplete) Monitor.Wait(inventory.Gate);
            return Next();
        }
    }

    /// <summary>The paths of all that was listed.</summary>
    public RelativePath[] Paths()
    {
        lock (inventory.Gate) return [.. inventory.Catalog.Entries.Select(e => e.Path)];
    }

    public ManifestEntry[] Directories()
    {
        lock (inventory.Gate) return [.. inventory.Catalog.Entries.Where(e => e.Kind == EntryKind.Directory)];
    }
}
