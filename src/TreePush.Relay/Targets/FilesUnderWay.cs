using TreePush.Core.Manifests;
using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>Files of several pieces that are being put together. Writers, and readers for children, may be at one at once.</summary>
internal sealed class FilesUnderWay(TargetTree tree, Holdings holdings)
{
    private readonly Dictionary<int, PartialFile> _files = [];

    /// <summary>The file, begun if it is not yet.</summary>
    public PartialFile Of(int entry, ManifestEntry listed, bool keep)
    {
        lock (_files)
        {
            if (_files.TryGetValue(entry, out var file)) return file;
            file = tree.BeginFile(listed, keep);
            _files.Add(entry, file);
            return file;
        }
    }

    /// <summary>Reads what is there of a file under way.</summary>
    /// <returns>False if the file is not under way.</returns>
    public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes)
    {
        PartialFile? file;
        lock (_files) _files.TryGetValue(entry, out file);
        if (file is null) return false;
        try
        {
            return file.Read(extent.Offset, bytes) == bytes.Length;
        }
        catch (Exception e) when (e is ObjectDisposedException or FileFaultException)
        {
            // It was completed just now: it is read by its name.
            return false;
        }
    }

    /// <summary>Puts a whole file in its place.</summary>
    public void Commit(int entry)
    {
        PartialFile? file;
        lock (_files) file = _files.GetValueOrDefault(entry);
        // The source may have taken it back this moment.
        if (file is null) return;
        file.Commit();
        lock (_files) _files.Remove(entry);
        file.Dispose();
    }

    /// <summary>Gives a file up that the source took back.</summary>
    public void Drop(int entry)
    {
        PartialFile? file;
        lock (_files) _files.Remove(entry, out file);
        file?.Abandon(keep: false);
    }

    /// <summary>Leaves everything as it is for a later run to go on with; what has nothing in it is removed.</summary>
    public void AbandonAll()
    {
        lock (_files)
        {
            foreach (var (entry, file) in _files) file.Abandon(keep: HasSome(entry));
            _files.Clear();
        }
    }

    private bool HasSome(int entry)
    {
        lock (holdings.Gate)
        {
            var pieces = holdings.Catalog.PiecesOf(entry);
            int first = holdings.Here.NextIn(holdings.Catalog.Hashed, (int)pieces.First);
            return first >= 0 && first < pieces.End;
        }
    }
}
