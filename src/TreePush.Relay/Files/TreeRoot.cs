using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// An open root, from which every path of a tree is reached without leaving the tree. If the tree is a single file, the root is
/// the directory that contains it, and the empty path is the file. For one thread at a time: the caller holds a lock.
/// </summary>
/// <param name="descriptor">The descriptor of the root. This object closes it.</param>
/// <param name="file">The name of the single file, or null for a directory.</param>
/// <param name="follow">Whether a link in the place of the single file is followed.</param>
internal sealed class TreeRoot(int descriptor, byte[]? file = null, bool follow = false) : IDisposable
{
    private readonly DirectoryChain _chain = new(descriptor);

    public int Descriptor => descriptor;

    public bool IsFile => file is not null;

    /// <returns>The open directory that contains the entry, valid until the next call, or the negated error number.</returns>
    public int DirectoryOf(RelativePath path, out ReadOnlySpan<byte> name, DirectoryChain.Clearing? clear = null)
    {
        if (path.IsRoot)
        {
            name = file is null ? "."u8 : file;
            return descriptor;
        }

        name = path.Name;
        return IsFile ? -Errno.NotDirectory : _chain.Open(path.ParentBytes, clear);
    }

    /// <inheritdoc cref="DirectoryChain.Open"/>
    public int Directory(RelativePath path, DirectoryChain.Clearing? clear = null) =>
        IsFile ? -Errno.NotDirectory : _chain.Open(path.Bytes, clear);

    /// <summary>
    /// Returns the status of an entry. If it is not found, it is looked up once more, because a directory may have been replaced
    /// since it was opened.
    /// </summary>
    /// <returns>Zero, or the negated error number.</returns>
    public int Status(RelativePath path, out FileStatus status)
    {
        int result = TryStatus(path, out status);
        if (!Errno.IsAbsence(-result)) return result;
        _chain.Forget();
        return TryStatus(path, out status);
    }

    /// <summary>Opens a regular file for reading. It is looked up as in <see cref="Status"/>.</summary>
    /// <returns>The descriptor, or the negated error number.</returns>
    public int OpenFile(RelativePath path, out FileStatus status)
    {
        int opened = TryOpenFile(path);
        if (Errno.IsAbsence(-opened))
        {
            _chain.Forget();
            opened = TryOpenFile(path);
        }

        status = default;
        if (opened < 0) return opened;
        int result = At.Status(opened, out status);
        if (result == 0 && status.Kind == EntryKind.File) return opened;
        Opened.Close(opened);
        return result < 0 ? result : -Errno.Loop;
    }

    private int TryStatus(RelativePath path, out FileStatus status)
    {
        status = default;
        int directory = DirectoryOf(path, out var name);
        return directory < 0 ? directory : At.Status(directory, name, out status, follow && path.IsRoot);
    }

    private int TryOpenFile(RelativePath path)
    {
        int directory = DirectoryOf(path, out var name);
        int flags = follow && path.IsRoot ? Open.FileInside & ~Open.NoFollow : Open.FileInside;
        return directory < 0 ? directory : At.Open(directory, name, flags);
    }

    /// <summary>Opens the same tree again, for another thread with its own order.</summary>
    /// <returns>Null if it can't be opened again.</returns>
    public TreeRoot? Again()
    {
        int opened = At.Open(descriptor, "."u8, Open.DirectoryInside);
        return opened < 0 ? null : new TreeRoot(opened, file, follow);
    }

    /// <summary>Makes the next calls look up directories again.</summary>
    public void Forget() => _chain.Forget();

    public void Dispose()
    {
        _chain.Dispose();
        Opened.Close(descriptor);
    }
}
