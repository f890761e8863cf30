using TreePush.Core.Manifests;
using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Sources;

/// <summary>The files of SRC, for one reader that goes through them in order: the file read last stays open.</summary>
internal sealed class SourceContent(SourceTree tree, Holdings holdings) : IContent, ILedgerFiles, IDisposable
{
    private FileReader? _reader;
    private int _open = -1;

    /// <summary>Reads what the ledger may have a hash of already: a file that has changed since it was listed is not read.</summary>
    public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes)
    {
        try
        {
            var file = OpenFile(entry);
            return file.Read(extent.Offset, bytes) == bytes.Length && file.StateFor(EntryAt(entry)) == FileState.Unchanged;
        }
        catch (FileFaultException)
        {
            return false;
        }
    }

    /// <summary>Reads, and tells why where it can't.</summary>
    /// <exception cref="FileFaultException">The file can't be opened or read.</exception>
    public int Read(int entry, PieceExtent extent, Span<byte> bytes) => OpenFile(entry).Read(extent.Offset, bytes);

    /// <summary>What became of the file since it was listed.</summary>
    public FileState StateOf(int entry)
    {
        try
        {
            return OpenFile(entry).StateFor(EntryAt(entry));
        }
        catch (FileFaultException e)
        {
            return e.Fault.Kind == FileFaultKind.Vanished ? FileState.Vanished : FileState.Changed;
        }
    }

    /// <summary>The entry as the file is now; null if it is none any more.</summary>
    public ManifestEntry? ListAnew(ManifestEntry entry)
    {
        try
        {
            _open = -1;
            using var reader = tree.OpenFile(entry.Path);
            return entry with { Size = reader.Size, ModifiedNs = reader.ModifiedNs };
        }
        catch (FileFaultException)
        {
            return null;
        }
    }

    public void Dispose() => _reader?.Dispose();

    private FileReader OpenFile(int entry)
    {
        if (_reader is not null && _open == entry) return _reader;
        _reader?.Dispose();
        _reader = null;
        _reader = tree.OpenFile(EntryAt(entry).Path);
        _open = entry;
        return _reader;
    }

    private ManifestEntry EntryAt(int entry)
    {
        lock (holdings.Gate) return holdings.Catalog.Entries[entry];
    }
}
