using TreePush.Relay.Pieces;

namespace TreePush.Relay.Files;

/// <summary>For one reader that goes through a tree in order: the file that was read last stays open.</summary>
internal sealed class LastFile(PieceInventory inventory, Func<RelativePath, FileReader> open) : IDisposable
{
    private FileReader? _reader;
    private int _entry = -1;

    public bool Is(int entry) => _reader is not null && _entry == entry;

    /// <exception cref="FileFaultException">It can't be opened.</exception>
    public FileReader Of(int entry)
    {
        if (Is(entry)) return _reader!;
        Dispose();
        ManifestEntry listed;
        lock (inventory.Gate) listed = inventory.Catalog.Entries[entry];
        _reader = open(listed.Path);
        _entry = entry;
        return _reader;
    }

    /// <summary>Reads a part of a file.</summary>
    /// <returns>False if it can't be read, or ends before.</returns>
    public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes)
    {
        try
        {
            return Of(entry).Read(extent.Offset, bytes) == bytes.Length;
        }
        catch (FileFaultException)
        {
            return false;
        }
    }

    /// <summary>Closes the file; the next one is opened anew.</summary>
    public void Dispose()
    {
        _reader?.Dispose();
        _reader = null;
    }
}
