using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// A walk through SRC, depth first, with each directory's names sorted by bytes. What can't be read is reported and skipped. A
/// directory that can't be listed becomes an entry without contents.
/// </summary>
internal sealed class SourceScan(
    TreeRoot root, Absence absence, PathFilter filter, Action<ManifestEntry> found, Action<FileFault> fault, CancellationToken cancellation)
{
    private const int ReadableByAll = 0b100_100_100;

    private readonly bool _mayReadAll = Libc.EffectiveUser() == 0;
    private FileStatus _root;
    private readonly byte[] _linkTarget = new byte[RelativePath.LongestPath];

    /// <summary>Looks up owners; null if entries contain no owner.</summary>
    public OwnerNames? Owners { get; init; }

    /// <summary>Whether mount points are not entered.</summary>
    public bool OneFileSystem { get; init; }

    public void Run()
    {
        int result = root.Status(RelativePath.Root, out var status);
        if (result < 0) fault(FileFault.Of(RelativePath.Root, "stat SRC", -result));
        else if (root.IsFile) found(Entry(RelativePath.Root, EntryKind.File, status));
        else EnterDirectory(root.Descriptor, "."u8, RelativePath.Root, status);
    }

    private void EnterDirectory(int parent, ReadOnlySpan<byte> name, RelativePath path, in FileStatus status)
    {
        found(Entry(path, EntryKind.Directory, status));
        if (path.IsRoot) _root = status;
        else if (OneFileSystem && (status.IsMountedIn(_root) || status.Identity.Device != _root.Identity.Device))
        {
            fault(new FileFault(FileFaultKind.OtherFileSystem, path, 0, "is a mount point: not entered"));
            return;
        }

        int directory = At.Open(parent, name, Open.ListedDirectory);
        if (directory < 0)
        {
            fault(FileFault.Of(path, "list the directory", -directory));
            return;
        }

        try
        {
            if (At.Status(directory, out var opened) == 0) absence.Note(path, opened.Identity);
            var listing = DirectoryListing.Read(directory, out int error);
            if (error != 0) fault(FileFault.Of(path, "list the directory", error));
            foreach (byte[] child in listing.Names) Visit(directory, child, path);
        }
        finally
        {
            Opened.Close(directory);
        }
    }

    private void Visit(int directory, byte[] name, RelativePath parent)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!parent.TryChild(name, out var path))
        {
            fault(FileFault.Of(parent, $"take in '{UserPath.Show(name)}'", Errno.NameTooLong));
            return;
        }

        int result = At.Status(directory, name, out var status);
        if (result < 0) Miss(path, "stat it", -result);
        else if (!filter.Excludes(path.Bytes, status.Kind == EntryKind.Directory)) Take(directory, name, path, status);
    }

    private void Take(int directory, byte[] name, RelativePath path, in FileStatus status)
    {
        if (PartialName.Is(name) && status.Kind != EntryKind.Directory)
            fault(new FileFault(FileFaultKind.Temporary, path, 0, "is a file that a run was or is still writing: skipped"));
        else if (status.Kind is null)
            fault(new FileFault(FileFaultKind.Special, path, 0, "is a socket, pipe or device: skipped"));
        else if (status.Kind == EntryKind.Directory) EnterDirectory(directory, name, path, status);
        else if (status.Kind == EntryKind.Symlink) TakeLink(directory, name, path, status);
        else TakeFile(directory, name, path, status);
    }

    private void TakeLink(int directory, byte[] name, RelativePath path, in FileStatus status)
    {
        int length = At.ReadLink(directory, name, _linkTarget);
        if (length < 0) Miss(path, "read the link", -length);
        else found(Entry(path, EntryKind.Symlink, status) with { LinkTarget = new ByteString(_linkTarget.AsSpan(0, length)) });
    }

    private void TakeFile(int directory, byte[] name, RelativePath path, in FileStatus status)
    {
        // Root can read every file, and a file that is readable by all needs no check.
        bool isSure = _mayReadAll || (status.Mode & ReadableByAll) == ReadableByAll;
        int result = isSure ? 0 : At.MayRead(directory, name);
        if (result < 0) Miss(path, "read the file", -result);
        else found(Entry(path, EntryKind.File, status));
    }

    /// <summary>Reports a path that was listed a moment ago and can't be read now. It may be gone.</summary>
    private void Miss(RelativePath path, string attempt, int error)
    {
        var missed = FileFault.Of(path, attempt, error);
        fault(missed.Kind == FileFaultKind.Missing && absence.IsProven(path) ? missed with { Kind = FileFaultKind.Vanished } : missed);
    }

    private ManifestEntry Entry(RelativePath path, EntryKind kind, in FileStatus status) =>
        new(path, kind, status.Mode, status.ModifiedNs, kind == EntryKind.File ? status.Size : 0) { Owner = Owners?.Of(status) };
}
