using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>Creates the files of DEST. Each has a temporary name in its directory until it is complete.</summary>
/// <param name="gate">The lock of the tree. No call under it takes long.</param>
internal sealed class TargetFiles(Lock gate, TargetDirectories directories, TargetMetadata metadata) : IDisposable
{
    private readonly Lock _naming = new();
    private TreeRoot? _named;

    /// <inheritdoc cref="TargetTree.BeginFile"/>
    public PartialFile Begin(ManifestEntry entry, bool keep)
    {
        lock (gate)
        {
            Span<byte> room = stackalloc byte[PartialName.Room];
            int directory = directories.ParentOf(entry.Path, out var name);
            var temporary = PartialName.Of(name, room);
            int file = TemporaryFile.OpenOrCreate(directory, temporary, entry.Mode, out long size);
            if (file < 0 && directories.Unblock(file, entry.Path, ref directory)) file = TemporaryFile.OpenOrCreate(directory, temporary, entry.Mode, out size);
            ThrowIfNotMade(file, entry.Path);
            long kept = keep ? Math.Min(size, entry.Size) : 0;
            int result = size > kept ? Opened.Truncate(file, kept) : 0;
            if (result >= 0 && entry.Size > kept) result = Opened.Truncate(file, entry.Size);
            if (result < 0) Opened.Close(file);
            FileFaultException.ThrowIfError(result, entry.Path, "set the size of the file");
            return new PartialFile(this, entry, file, kept);
        }
    }

    /// <inheritdoc cref="TargetTree.Put"/>
    public PartialFile Put(ManifestEntry entry, ReadOnlySpan<byte> content)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(content.Length, entry.Size);
        lock (gate)
        {
            Span<byte> room = stackalloc byte[PartialName.Room];
            int directory = directories.ParentOf(entry.Path, out var name);
            var temporary = PartialName.Of(name, room);
            int file = TemporaryFile.Create(directory, temporary);
            if (file < 0 && directories.Unblock(file, entry.Path, ref directory)) file = TemporaryFile.Create(directory, temporary);
            if (file != -Errno.Exists) ThrowIfNotMade(file, entry.Path);
            var put = file == -Errno.Exists ? Begin(entry, keep: false) : new PartialFile(this, entry, file, 0);
            return Fill(put, content);
        }
    }

    /// <summary>Sets the owner, mode and time of a complete file.</summary>
    public void Complete(int file, ManifestEntry entry)
    {
        lock (gate) FileFaultException.ThrowIfError(metadata.ApplyToOpen(file, entry), entry.Path, "set owner, mode and time");
    }

    public void Name(ManifestEntry entry)
    {
        if (TryName(entry)) return;
        lock (gate)
        {
            Span<byte> room = stackalloc byte[PartialName.Room];
            int directory = directories.ParentOf(entry.Path, out var name);
            directories.Rename(directory, PartialName.Of(name, room), name, entry.Path);
        }
    }

    /// <summary>
    /// Renames a file through a directory chain of its own. Files are renamed some time after they were written, mostly in other
    /// directories; with a single chain for both, each directory would be opened many times.
    /// </summary>
    private bool TryName(ManifestEntry entry)
    {
        lock (_naming)
        {
            _named ??= directories.Tree?.Again();
            if (_named is null) return false;
            Span<byte> room = stackalloc byte[PartialName.Room];
            int directory = _named.DirectoryOf(entry.Path, out var name);
            if (directory >= 0 && At.Rename(directory, PartialName.Of(name, room), name) == 0) return true;
            _named.Forget();
            return false;
        }
    }

    public void RemoveTemporary(RelativePath path)
    {
        lock (gate)
        {
            Span<byte> room = stackalloc byte[PartialName.Room];
            int directory = directories.ParentOf(path, out var name);
            _ = At.Unlink(directory, PartialName.Of(name, room));
        }
    }

    public void Dispose() => _named?.Dispose();

    private static PartialFile Fill(PartialFile file, ReadOnlySpan<byte> content)
    {
        try
        {
            file.WriteAll(content);
            file.Complete();
            return file;
        }
        catch (FileFaultException)
        {
            file.Abandon(keep: false);
            throw;
        }
    }

    private static void ThrowIfNotMade(int result, RelativePath path)
    {
        if (result == -Errno.TryAgain)
            throw new FileFaultException(new FileFault(FileFaultKind.Locked, path, Errno.TryAgain, "another run is writing this file"));
        FileFaultException.ThrowIfError(result, path, "make a file");
    }
}
