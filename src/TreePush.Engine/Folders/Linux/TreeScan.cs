using System.Runtime.InteropServices;
using TreePush.Core.Manifests;
using TreePush.Engine.Folders.Native;

namespace TreePush.Engine.Folders.Linux;

/// <summary>
/// Tells of everything in a folder. Each folder is watched before it is listed, so what appears in between is told twice rather
/// than never. At any time one folder is open.
/// </summary>
/// <param name="watched">Null if folders are scanned only.</param>
/// <param name="tell">May wait, and may end the scan by an exception.</param>
internal sealed class TreeScan(FolderTree tree, PathFilter ignored, WatchedFolders? watched, Action<FolderChange> tell)
{
    /// <summary>Layout of a record of getdents64(2): inode, offset, length of the record, type, name with a NUL.</summary>
    private const int LengthAt = 16, NameAt = 19;

    private readonly byte[] _buffer = new byte[32 * 1024];
    private readonly Stack<RelativePath> _folders = new();

    /// <summary>The folders that could not be read, and why; a few are enough.</summary>
    public List<(RelativePath Path, int Error)> Unreadable { get; } = [];

    /// <summary>The error with which a folder could not be watched; 0 if all are.</summary>
    public int WatchError { get; private set; }

    /// <summary>Scans a folder, at any depth.</summary>
    public void Run(RelativePath from, FolderChangeKind kind)
    {
        _folders.Push(from);
        while (_folders.TryPop(out var folder)) Scan(folder, kind);
    }

    private void Scan(RelativePath path, FolderChangeKind kind)
    {
        int error = tree.OpenFolder(path, out int folder);
        if (error == 0)
        {
            try
            {
                if (watched is not null && watched.Add(folder, path) is var refused and not 0) WatchError = refused;
                error = List(folder, path, kind);
            }
            finally
            {
                Place.Close(folder);
            }
        }

        // A folder that went away meanwhile is no longer part of the tree, and its parent's watch tells so.
        if (error != 0 && (path.IsRoot || !Errno.IsAbsence(error))) Unreadable.Add((path, error));
    }

    private int List(int folder, RelativePath path, FolderChangeKind kind)
    {
        int count;
        while ((count = Place.List(folder, _buffer)) > 0)
        {
            var records = _buffer.AsSpan(0, count);
            while (!records.IsEmpty)
            {
                int length = MemoryMarshal.Read<ushort>(records[LengthAt..]);
                var name = records[NameAt..length];
                Tell(folder, path, name[..name.IndexOf((byte)0)], kind);
                records = records[length..];
            }
        }

        return -count;
    }

    private void Tell(int folder, RelativePath parent, ReadOnlySpan<byte> name, FolderChangeKind kind)
    {
        if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8)) return;
        if (!parent.TryChild(name, out var path))
        {
            Unreadable.Add((parent, Errno.NameTooLong));
            return;
        }

        int error = -Place.Status(folder, name, out var status);
        if (error != 0)
        {
            if (!Errno.IsAbsence(error)) Unreadable.Add((path, error));
            return;
        }

        bool isFolder = status.Type == EntryType.Folder;
        if (ignored.Excludes(path.Bytes, isFolder)) return;
        if (isFolder) _folders.Push(path);
        tell(new FolderChange(kind, path, status));
    }
}
