using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// The directories of DEST that entries are written into. Missing ones are created, also in the place of links. Read-only
/// directories of the same owner are made writable for the duration of the run. For one thread at a time: the caller holds a
/// lock.
/// </summary>
internal sealed class TargetDirectories
{
    /// <summary>The mode of a new directory until it is finished: no other user can enter it before the source's mode is set.</summary>
    public const int UnfinishedMode = OwnerAll;

    private const int OwnerAll = 0b111_000_000;

    private readonly TargetRoot _root;
    private readonly bool _force;
    private readonly DirectoryChain.Clearing _clear;
    private readonly Dictionary<RelativePath, int> _openedUp = [];

    public TargetDirectories(TargetRoot root, bool force) => (_root, _force, _clear) = (root, force, Clear);

    /// <summary>The directories that were made writable, with their previous mode.</summary>
    public Dictionary<RelativePath, int> OpenedUp => _openedUp;

    public TreeRoot? Tree => _root.Tree;

    /// <summary>Returns the directory that will contain the entry.</summary>
    /// <param name="name">The entry's name in that directory.</param>
    /// <exception cref="FileFaultException">The directory can't be opened or created.</exception>
    public int ParentOf(RelativePath path, out ReadOnlySpan<byte> name) =>
        FileFaultException.ThrowIfError(_root.Ensure().DirectoryOf(path, out name, _clear), path, "open its directory");

    /// <summary>Creates the directory, and the directories above it.</summary>
    /// <exception cref="FileFaultException">The directory can't be created.</exception>
    public void Make(RelativePath path) =>
        FileFaultException.ThrowIfError(_root.Ensure().Directory(path, _clear), path, "make the directory");

    /// <summary>Removes the cause of a failed call in the entry's directory, if the cause is known.</summary>
    /// <param name="parent">The directory; it may be a different one afterwards.</param>
    /// <returns>Whether to try the call again.</returns>
    public bool Unblock(int result, RelativePath path, ref int parent)
    {
        if (Errno.IsPermission(-result)) return OpenUp(parent, path.Parent);
        if (!Errno.IsAbsence(-result)) return false;
        // The directory was removed during the run. It is created again.
        Tree!.Forget();
        parent = ParentOf(path, out _);
        return true;
    }

    /// <summary>Gives a complete temporary its final name.</summary>
    /// <exception cref="FileFaultException">A directory has that name and --force was not given, or the call failed.</exception>
    public void Rename(int parent, ReadOnlySpan<byte> temporary, ReadOnlySpan<byte> name, RelativePath path)
    {
        int renamed = At.Rename(parent, temporary, name);
        if (renamed is -Errno.IsDirectory or -Errno.NotEmpty or -Errno.Exists)
        {
            if (!_force) throw Conflict(path, "a directory is in its place");
            FileFaultException.ThrowIfError(TreeRemoval.Remove(parent, name), path, "remove the directory in its place");
            renamed = At.Rename(parent, temporary, name);
            // Not earlier, because Forget also closes the parent.
            if (renamed >= 0) Tree!.Forget();
        }

        FileFaultException.ThrowIfError(renamed, path, "give the file its final name");
    }

    /// <summary>Restores the mode of the directories that were made writable and are not in the manifest.</summary>
    public void CloseUp(Action<FileFault> fault)
    {
        foreach (var (path, mode) in _openedUp.OrderByDescending(o => o.Key))
        {
            int directory = Tree!.DirectoryOf(path, out var name);
            int result = directory < 0 ? directory : At.SetMode(directory, name, mode);
            if (result < 0 && !Errno.IsAbsence(-result)) fault(FileFault.Of(path, "restore the mode of the directory", -result));
        }

        _openedUp.Clear();
    }

    private int Clear(int parent, ReadOnlySpan<byte> path, int error)
    {
        var name = path[(path.LastIndexOf((byte)'/') + 1)..];
        if (Errno.IsPermission(error))
        {
            // The cause is either the directory above or the directory itself. The status of the directory above tells which.
            return OpenUp(parent, RelativePath.Of(path).Parent) ? 0 : -error;
        }

        if (Errno.IsObstacle(error)) RemoveObstacle(parent, name, path);
        else if (!Errno.IsAbsence(error)) return -error;
        int made = At.MakeDirectory(parent, name, UnfinishedMode);
        if (Errno.IsPermission(-made) && OpenUp(parent, RelativePath.Of(path).Parent)) made = At.MakeDirectory(parent, name, UnfinishedMode);
        return made == -Errno.Exists ? 0 : made;
    }

    private void RemoveObstacle(int parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> path)
    {
        int result = At.Status(parent, name, out var status);
        if (result == -Errno.NoEntry || (result == 0 && status.Kind == EntryKind.Directory)) return;
        if (result == 0 && status.Kind != EntryKind.Symlink && !_force) throw Conflict(RelativePath.Of(path), "a file is in the directory's place");
        int removed = At.Unlink(parent, name);
        if (Errno.IsPermission(-removed) && OpenUp(parent, RelativePath.Of(path).Parent)) removed = At.Unlink(parent, name);
        if (removed != -Errno.NoEntry) FileFaultException.ThrowIfError(removed, RelativePath.Of(path), "replace it by a directory");
    }

    /// <summary>Makes a directory of the login's own writable. Its mode is restored when directories are finished.</summary>
    /// <returns>Whether the mode was changed.</returns>
    public bool OpenUp(int directory, RelativePath path)
    {
        if (Tree is { IsFile: true } || At.Status(directory, out var status) < 0) return false;
        bool canHelp = status.UserId == Libc.EffectiveUser() && (status.Mode & OwnerAll) != OwnerAll;
        if (!canHelp || At.SetMode(directory, status.Mode | OwnerAll) < 0) return false;
        _openedUp.TryAdd(path, status.Mode);
        return true;
    }

    private static FileFaultException Conflict(RelativePath path, string what) =>
        new(new FileFault(FileFaultKind.Conflict, path, 0, $"{what}: use --force to replace it"));
}
