using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Sources;

/// <summary>The files of SRC, for one reader that goes through them in order.</summary>
internal sealed class SourceContent(SourceTree tree, PieceInventory inventory) : IContent, ILedgerFiles, IDisposable
{
    private readonly LastFile _file = new(inventory, tree.OpenFile);

    public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes) => _file.TryRead(entry, extent, bytes);

    public int Read(int entry, PieceExtent extent, Span<byte> bytes) => _file.Of(entry).Read(extent.Offset, bytes);

    public FileState StateOf(int entry)
    {
        ManifestEntry listed;
        lock (inventory.Gate) listed = inventory.Catalog.Entries[entry];
        return _file.Of(entry).StateFor(listed);
    }

    public ManifestEntry? ListAnew(ManifestEntry entry)
    {
        _file.Dispose();
        try
        {
            using var reader = tree.OpenFile(entry.Path);
            return entry with { Size = reader.Size, ModifiedNs = reader.ModifiedNs };
        }
        catch (FileFaultException e) when (e.Fault.Kind == FileFaultKind.Changed)
        {
            return null;
        }
    }

    public bool IsGone(ManifestEntry entry) => tree.IsGone(entry.Path);

    public void Dispose() => _file.Dispose();
}
