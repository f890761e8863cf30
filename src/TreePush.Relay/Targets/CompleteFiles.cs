using TreePush.Relay.Files;
using TreePush.Relay.Pieces;
using TreePush.Relay.Sources;

namespace TreePush.Relay.Targets;

/// <summary>
/// The files of a host that has everything and continues the ledger as the successor of the source. The files are as they were
/// listed, so none is listed anew.
/// </summary>
internal sealed class CompleteFiles(IContent content, PieceInventory inventory) : ILedgerFiles
{
    public int Read(int entry, PieceExtent extent, Span<byte> bytes)
    {
        if (!IsHere(entry)) throw Fault("is missing, because the source was lost and its successor does not have this file");
        return content.TryRead(entry, extent, bytes) ? bytes.Length : throw Fault("can't be read any more on the successor of the source");
    }

    public FileState StateOf(int entry) => FileState.Unchanged;

    public ManifestEntry? ListAnew(ManifestEntry entry) => null;

    public bool IsGone(ManifestEntry entry) => false;

    /// <summary>
    /// Whether all pieces of the file are on this host. If not, the file under its name may be the version from before the source
    /// listed it anew.
    /// </summary>
    private bool IsHere(int entry)
    {
        lock (inventory.Gate) return inventory.Here.ContainsAll(inventory.Catalog.PiecesOf(entry));
    }

    private static FileFaultException Fault(string text) => new(new FileFault(FileFaultKind.Other, RelativePath.Root, 0, text));
}
