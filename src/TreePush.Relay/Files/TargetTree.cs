using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// DEST. The source's entries are compared with it and written into it; nothing outside of it is ever read or written. For any
/// number of threads. Each call is short, except the flushes, <see cref="Delete"/> and <see cref="FinishDirectories"/>. A failure
/// on one path is a <see cref="FileFaultException"/> and leaves the rest unchanged.
/// </summary>
internal sealed class TargetTree : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TargetRoot _root;
    private readonly TargetDirectories _directories;
    private readonly TargetMetadata _metadata = new();
    private readonly TargetFiles _files;
    private readonly TargetDisk _disk;
    private readonly byte[] _linkTarget = new byte[RelativePath.LongestPath];
    private readonly bool _force;

    private TargetTree(TargetRoot root, TargetOptions options)
    {
        (_root, _force) = (root, options.Force);
        _directories = new TargetDirectories(root, options.Force);
        _disk = new TargetDisk(root.FileSystems);
        _files = new TargetFiles(_gate, _directories, _metadata);
    }

    /// <summary>Opens DEST without changing anything. DEST need not exist.</summary>
    /// <param name="destination">The path as the user wrote it. A symbolic link to a directory is followed at DEST itself, but not below it.</param>
    /// <exception cref="FileFaultException">There is a conflict that only --force resolves, or DEST can't be opened.</exception>
    public static TargetTree OpenAt(ReadOnlySpan<byte> destination, TargetOptions options) => new(TargetRoot.At(destination, options), options);

    /// <summary>Returns the place where DEST is, or will be.</summary>
    public TreePlace Place()
    {
        lock (_gate) return _root.Place();
    }

    /// <inheritdoc cref="TargetRoot.Canonical"/>
    public byte[] Canonical() => _root.Canonical();

    /// <summary>Whether DEST itself is on a file system that is mounted read-only. File systems mounted below it are not checked.</summary>
    public bool IsReadOnly()
    {
        lock (_gate) return _root.Tree is { } tree && At.MayWrite(tree.Descriptor, "."u8) == -Errno.ReadOnlyFileSystem;
    }

    /// <summary>Whether a file created here can be given to the entry's user.</summary>
    public bool MayOwn(ManifestEntry entry)
    {
        lock (_gate) return _metadata.MayOwn(entry);
    }

    /// <summary>Returns which system directory or home DEST is, whatever its path; null if it is neither.</summary>
    public string? ProtectedName()
    {
        lock (_gate) return _root.Tree is { IsFile: false } tree && At.Status(tree.Descriptor, out var status) == 0 ? ProtectedPlaces.NameOf(status.Identity) : null;
    }

    /// <summary>
    /// Compares the entry with DEST, by kind, size and time. A path that the login may not examine counts as missing, and so does
    /// what --force replaces.
    /// </summary>
    public Comparison Compare(ManifestEntry entry)
    {
        lock (_gate)
        {
            if (_root.Tree is not { } tree) return Comparison.Missing;
            FileStatus status = default;
            int directory = tree.DirectoryOf(entry.Path, out var name);
            int result = directory < 0 ? directory : At.Status(directory, name, out status);
            if (result < 0)
            {
                bool isMissing = Errno.IsAbsence(-result) || Errno.IsObstacle(-result) || Errno.IsPermission(-result);
                return isMissing ? Comparison.Missing : throw new FileFaultException(FileFault.Of(entry.Path, "stat it", -result));
            }

            if (status.Kind == EntryKind.Directory) _root.FileSystems.Learn(directory, name, status);
            bool sameTarget = entry.Kind == EntryKind.Symlink && status.Kind == EntryKind.Symlink && SaysTheSame(directory, name, entry);
            var found = Comparison.Of(entry, status, _metadata.ModeOf(entry), _metadata.OwnerOf(entry), sameTarget);
            return found.Lack == Lack.Conflict && _force ? Comparison.Missing : found;
        }
    }

    private bool SaysTheSame(int directory, ReadOnlySpan<byte> name, ManifestEntry entry)
    {
        int length = At.ReadLink(directory, name, _linkTarget);
        return length >= 0 && entry.LinkTarget.Bytes.SequenceEqual(_linkTarget.AsSpan(0, length));
    }

    /// <summary>Opens a complete file for reading, to serve it or to check it.</summary>
    public FileReader OpenFile(RelativePath path)
    {
        var tree = _root.Tree ?? throw new FileFaultException(FileFault.Of(path, "open the file", Errno.NoEntry));
        return FileReader.Open(tree, _gate, path);
    }

    /// <summary>Whether an earlier run has left a part of the file under its temporary name.</summary>
    public bool HasPartial(ManifestEntry entry)
    {
        lock (_gate)
        {
            if (_root.Tree is not { } tree) return false;
            Span<byte> room = stackalloc byte[PartialName.Room];
            int directory = tree.DirectoryOf(entry.Path, out var name);
            return directory >= 0 && At.Status(directory, PartialName.Of(name, room), out var status) == 0
                && status.Kind == EntryKind.File && status.Size > 0;
        }
    }

    /// <summary>Opens the temporary of a file. The temporary has the full size at once, with holes for missing content.</summary>
    /// <param name="keep">Whether to keep what an earlier run left; see <see cref="PartialFile.KeptSize"/>.</param>
    /// <exception cref="FileFaultException">Among others <see cref="FileFaultKind.Locked"/>.</exception>
    public PartialFile BeginFile(ManifestEntry entry, bool keep) => _files.Begin(entry, keep);

    /// <summary>Writes a file of one piece under its temporary name in the fewest calls. It only remains to flush and to name it.</summary>
    /// <exception cref="FileFaultException">Among others <see cref="FileFaultKind.Locked"/>; nothing is left of the attempt.</exception>
    public PartialFile Put(ManifestEntry entry, ReadOnlySpan<byte> content) => _files.Put(entry, content);

    /// <summary>Writes a file and names it without flushing it first. This suits a file without content.</summary>
    /// <exception cref="FileFaultException">Among others <see cref="FileFaultKind.Locked"/>; nothing is left of the attempt.</exception>
    public void WriteWhole(ManifestEntry entry, ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            using var file = _files.Put(entry, content);
            try
            {
                file.Name();
            }
            catch (FileFaultException)
            {
                file.Abandon(keep: false);
                throw;
            }
        }
    }

    /// <summary>Waits until complete files are on the disk; see <see cref="TargetDisk"/>.</summary>
    public void Flush(IReadOnlyList<PartialFile> files, Action<PartialFile, FileFault> failed) => _disk.Flush(files, failed);

    /// <summary>Waits until the content of a named file is on the disk, so that its time may be set.</summary>
    public void FlushContent(RelativePath path)
    {
        using var file = OpenFile(path);
        file.Flush();
    }

    /// <summary>Waits until all changes are on the disk.</summary>
    /// <param name="directories">The directories of the manifest.</param>
    public void FlushAll(IReadOnlyList<ManifestEntry> directories, Action<FileFault> failed) =>
        _disk.FlushAll(() => FlushDirectories(directories), failed);

    private void FlushDirectories(IReadOnlyList<ManifestEntry> directories)
    {
        foreach (var entry in directories)
        {
            int directory;
            lock (_gate)
            {
                int parent = _directories.ParentOf(entry.Path, out var name);
                directory = At.Open(parent, name, Open.ListedDirectory);
            }

            // A file system that can't flush directories does not need it.
            if (directory >= 0) _ = DiskSync.Flush(directory);
            Opened.Close(directory);
        }
    }

    /// <summary>Creates a directory, also in the place of a link. <see cref="FinishDirectories"/> sets its mode and time.</summary>
    public void MakeDirectory(ManifestEntry entry)
    {
        lock (_gate) _directories.Make(entry.Path);
    }

    /// <summary>Whether names that differ only in case are the same in the directory of the path. The directory must exist.</summary>
    public bool FoldsCase(RelativePath path)
    {
        lock (_gate) return CaseProbe.FoldsIn(_directories.ParentOf(path, out _));
    }

    /// <summary>Creates or replaces a link, with its time.</summary>
    public void MakeSymlink(ManifestEntry entry)
    {
        lock (_gate)
        {
            Span<byte> room = stackalloc byte[PartialName.Room];
            int directory = _directories.ParentOf(entry.Path, out var name);
            var temporary = PartialName.Of(name, room);
            int made = At.MakeSymlink(directory, temporary, entry.LinkTarget.Bytes);
            bool again = made == -Errno.Exists ? TreeRemoval.Remove(directory, temporary) == 0
                : made < 0 && _directories.Unblock(made, entry.Path, ref directory);
            if (again) made = At.MakeSymlink(directory, temporary, entry.LinkTarget.Bytes);
            FileFaultException.ThrowIfError(made, entry.Path, "make the link");
            try
            {
                FileFaultException.ThrowIfError(_metadata.ApplyToName(directory, temporary, entry), entry.Path, "set owner and time");
                _directories.Rename(directory, temporary, name, entry.Path);
            }
            catch (FileFaultException)
            {
                _ = At.Unlink(directory, temporary);
                throw;
            }
        }
    }

    /// <summary>
    /// Sets the mode and time of directories when nothing more is written into them, deepest first. Restores the mode of
    /// directories that were made writable.
    /// </summary>
    /// <param name="directories">The directories of the manifest, in its order. Each costs one call if nothing differs.</param>
    /// <param name="fault">Called with each directory that could not be finished.</param>
    public void FinishDirectories(IReadOnlyList<ManifestEntry> directories, Action<FileFault> fault)
    {
        for (int i = directories.Count - 1; i >= 0; i--)
        {
            lock (_gate) _directories.OpenedUp.Remove(directories[i].Path);
            try
            {
                var lack = Compare(directories[i]).Lack;
                if (lack == Lack.Metadata) ApplyMetadata(directories[i]);
                else if (lack != Lack.Nothing) fault(FileFault.Of(directories[i].Path, "finish the directory", Errno.NoEntry));
            }
            catch (FileFaultException e)
            {
                fault(e.Fault);
            }
        }

        lock (_gate) _directories.CloseUp(fault);
    }

    /// <summary>Deletes what the manifest lacks, deepest first, and temporaries that no run holds; see <see cref="Deletion"/>.</summary>
    /// <param name="deleted">Called with each path that was deleted, or would be.</param>
    /// <param name="fault">Called with each path that could not be deleted.</param>
    public void Delete(DeletionRules rules, Action<RelativePath> deleted, Action<FileFault> fault)
    {
        TreeRoot? tree;
        lock (_gate) tree = _root.Tree;
        if (tree is not { IsFile: false }) return;
        new Deletion(rules, _directories, _gate, deleted, fault).Run(tree.Descriptor);
        lock (_gate) tree.Forget();
    }

    /// <summary>Sets the owner, mode and time of an existing entry.</summary>
    public void ApplyMetadata(ManifestEntry entry)
    {
        lock (_gate)
        {
            int directory = _directories.ParentOf(entry.Path, out var name);
            FileFaultException.ThrowIfError(_metadata.ApplyToName(directory, name, entry), entry.Path, "set owner, mode and time");
        }
    }

    public void Dispose()
    {
        _files.Dispose();
        _root.Dispose();
    }
}
