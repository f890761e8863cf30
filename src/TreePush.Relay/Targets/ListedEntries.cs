using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>Returns the entries of the manifest in order, each once, as they arrive.</summary>
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

    /// <summary>Whether all entries that have arrived were returned. Call under the inventory's lock.</summary>
    public bool AreOut => _next == inventory.Catalog.Entries.Count;

    /// <returns>The next entry that has arrived; null if all were returned.</returns>
    public (int Number, ManifestEntry Entry)? Next()
    {
        lock (inventory.Gate) return AreOut ? null : (_next, inventory.Catalog.Entries[_next++]);
    }

    /// <returns>The next entry, after waiting for it; null if the manifest is complete.</returns>
    public (int Number, ManifestEntry Entry)? Await()
    {
        lock (inventory.Gate)
        {
            while (AreOut && !inventory.IsManifestComplete) Monitor.Wait(inventory.Gate);
            return Next();
        }
    }

    /// <summary>Returns the paths of all entries.</summary>
    public RelativePath[] Paths()
    {
        lock (inventory.Gate) return [.. inventory.Catalog.Entries.Select(e => e.Path)];
    }

    public ManifestEntry[] Directories()
    {
        lock (inventory.Gate) return [.. inventory.Catalog.Entries.Where(e => e.Kind == EntryKind.Directory)];
    }
}
