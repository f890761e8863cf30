using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>An open file of a tree. Any number of threads may read.</summary>
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

    /// <summary>Bytes, when it was opened.</summary>
    public long Size { get; }

    /// <summary>When it was opened: nanoseconds since 1970.</summary>
    public long ModifiedNs { get; }

    /// <exception cref="FileFaultException">It can't be opened; <see cref="FileFaultKind.Changed"/> where it is no file or lies behind a link.</exception>
    public static FileReader Open(TreeRoot root, Lock gate, RelativePath path)
    {
        lock (gate)
        {
            int opened = FileFaultException.ThrowIfError(root.OpenFile(path, out var status), path, "open the file");
            return new FileReader(root, gate, path, opened, status);
        }
    }

    /// <returns>The bytes read; fewer than asked for only at the end of the file.</returns>
    /// <exception cref="FileFaultException">The file can't be read there.</exception>
    public int Read(long offset, Span<byte> buffer)
    {
        using var use = _descriptor.Enter();
        return FileFaultException.ThrowIfError(Opened.Read(use.Number, buffer, offset), Path, "read");
    }

    /// <summary>Waits until its content is on the disk.</summary>
    public void Flush()
    {
        using var use = _descriptor.Enter();
        int result = DiskSync.Flush(use.Number);
        if (result != -Errno.InvalidArgument) FileFaultException.ThrowIfError(result, Path, "flush it to the disk");
    }

    /// <summary>Asked after reading, it tells whether what was read is what was listed: <see cref="FileState.Unchanged"/> or <see cref="FileState.Changed"/>.</summary>
    /// <exception cref="FileFaultException">It can't be looked at; <see cref="FileFaultKind.Missing"/> where nothing has its name.</exception>
    public FileState StateFor(ManifestEntry entry)
    {
        int result;
        FileStatus now;
        lock (_gate) result = _root.Status(Path, out now);
        if (Errno.IsObstacle(-result)) return FileState.Changed;
        FileFaultException.ThrowIfError(result, Path, "stat it");
        // The name leads to the inode that is open, so one status speaks for both.
        bool same = now.Identity == _identity && now.Size == entry.Size && now.ModifiedNs == entry.ModifiedNs;
        return same ? FileState.Unchanged : FileState.Changed;
    }

    public void Dispose() => _descriptor.Dispose();
}
