using TreePush.Relay.Pieces;

namespace TreePush.Relay.Files;

/// <summary>Keeps the file that was read last open, for a reader that goes through a tree in order.</summary>
internal sealed class LastFile(PieceInventory inventory, Func<RelativePath, FileReader> open) : IDisposable
{
    private FileReader? _reader;
    private int _entry = -1;

    public bool Is(int entry) => _reader is not null && _entry == entry;

    /// <exception cref="FileFaultException">The file can't be opened.</exception>
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
    /// <returns>False if the file can't be read, or is too short.</returns>
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

    /// <summary>Closes the file. The next read opens its file anew.</summary>
    public void Dispose()
    {
        _reader?.Dispose();
        _reader = null;
    }
}
