using TreePush.Core.Manifests;
using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>The files of DEST, whole or under way, for one reader that goes through them in order.</summary>
internal sealed class TargetContent(Func<TargetTree> tree, Func<FilesUnderWay?> underWay, Holdings holdings) : IContent, IDisposable
{
    private FileReader? _reader;
    private int _open = -1;

    public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes)
    {
        if (_open != entry && underWay()?.TryRead(entry, extent, bytes) == true) return true;
        try
        {
            return OpenFile(entry).Read(extent.Offset, bytes) == bytes.Length;
        }
        catch (FileFaultException)
        {
            return false;
        }
    }

    public void Dispose() => _reader?.Dispose();

    private FileReader OpenFile(int entry)
    {
        if (_reader is not null && _open == entry) return _reader;
        _reader?.Dispose();
        _reader = null;
        ManifestEntry listed;
        lock (holdings.Gate) listed = holdings.Catalog.Entries[entry];
        _reader = tree().OpenFile(listed.Path);
        _open = entry;
        return _reader;
    }
}
