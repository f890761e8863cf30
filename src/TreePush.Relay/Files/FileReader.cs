using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>An open file of a tree, for any number of threads.</summary>
internal sealed class FileReader : IDisposable
{
    private readonly TreeRoot _root;
    private readonly Lock _gate;
    private readonly Descriptor _descriptor;
    private readonly FileIdentity _identity;

    private FileReader(TreeRoot root, Lock gate, RelativePath path, int descriptor, FileStatus status)
    {
        (_root, _gate, Path, _identity, Size, ModifiedNs) = (root, gate, path, status.Identity, status.Size, status.ModifiedNs);
        _descriptor = new Descriptor(descriptor);
    }

    public RelativePath Path { get; }

    /// <summary>The size in bytes when the file was opened.</summary>
    public long Size { get; }

    /// <summary>The modification time when the file was opened, in nanoseconds since 1970.</summary>
    public long ModifiedNs { get; }

    /// <exception cref="FileFaultException">
    /// The file can't be opened. The kind is <see cref="FileFaultKind.Changed"/> if the path is not a file or leads through a
    /// link.
    /// </exception>
    public static FileReader Open(TreeRoot root, Lock gate, RelativePath path)
    {
        lock (gate)
        {
            int opened = FileFaultException.ThrowIfError(root.OpenFile(path, out var status), path, "open the file");
            return new FileReader(root, gate, path, opened, status);
        }
    }

    /// <returns>The number of bytes read. It is less than requested only at the end of the file.</returns>
    /// <exception cref="FileFaultException">The file can't be read there.</exception>
    public int Read(long offset, Span<byte> buffer)
    {
        using var use = _descriptor.Enter();
        return FileFaultException.ThrowIfError(Opened.Read(use.Number, buffer, offset), Path, "read");
    }

    /// <summary>Waits until the file's content is on the disk.</summary>
    public void Flush()
    {
        using var use = _descriptor.Enter();
        int result = DiskSync.Flush(use.Number);
        if (result != -Errno.InvalidArgument) FileFaultException.ThrowIfError(result, Path, "flush it to the disk");
    }

    /// <summary>
    /// Returns whether the file is still as it was listed: <see cref="FileState.Unchanged"/> or <see cref="FileState.Changed"/>.
    /// Called after reading, it tells whether the read content is the listed one.
    /// </summary>
    /// <exception cref="FileFaultException">
    /// The status can't be read. The kind is <see cref="FileFaultKind.Missing"/> if the name no longer exists.
    /// </exception>
    public FileState StateFor(ManifestEntry entry)
    {
        int result;
        FileStatus now;
        lock (_gate) result = _root.Status(Path, out now);
        if (Errno.IsObstacle(-result)) return FileState.Changed;
        FileFaultException.ThrowIfError(result, Path, "stat it");
        // If the name still leads to the open inode, this status applies to the open file too.
        bool same = now.Identity == _identity && now.Size == entry.Size && now.ModifiedNs == entry.ModifiedNs;
        return same ? FileState.Unchanged : FileState.Changed;
    }

    public void Dispose() => _descriptor.Dispose();
}
