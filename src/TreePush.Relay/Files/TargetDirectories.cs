using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// The directories of DEST that things are put into: made where they lack, in the place of links, and opened up for
/// writing for the time being where they are read-only and ours. One thread at a time: the caller holds a lock.
/// </summary>
internal sealed class TargetDirectories
{
    /// <summary>The mode of a new directory until it is finished: nobody else looks into it before the source's mode is set.</summary>
    public const int UnfinishedMode = OwnerAll;

    private const int OwnerAll = 0b111_000_000;

    private readonly TargetRoot _root;
    private readonly bool _force;
    private readonly DirectoryChain.Clearing _clear;
    private readonly Dictionary<RelativePath, int> _openedUp = [];

    public TargetDirectories(TargetRoot root, bool force) => (_root, _force, _clear) = (root, force, Clear);

    /// <summary>Directories whose mode was widened, with the mode they had.</summary>
    public Dictionary<RelativePath, int> OpenedUp => _openedUp;

    public TreeRoot? Tree => _root.Tree;

    /// <summary>The directory that the entry goes into.</summary>
    /// <param name="name">The entry's name in it.</param>
    /// <exception cref="FileFaultException">It can't be reached.</exception>
    public int ParentOf(RelativePath path, out ReadOnlySpan<byte> name) =>
        FileFaultException.ThrowIfError(_root.Ensure().DirectoryOf(path, out name, _clear), path, "open its directory");

    /// <summary>Makes the directory, with those above it.</summary>
    /// <exception cref="FileFaultException">It can't be made.</exception>
    public void Make(RelativePath path) =>
        FileFaultException.ThrowIfError(_root.Ensure().Directory(path, _clear), path, "make the directory");

    /// <summary>After a call in the entry's directory failed: removes the cause where that is known.</summary>
    /// <param name="parent">The directory, which may be another afterwards.</param>
    /// <returns>Whether to try again.</returns>
    public bool Unblock(int result, RelativePath path, ref int parent)
    {
        if (Errno.IsPermission(-result)) return OpenUp(parent, path.Parent);
        if (!Errno.IsAbsence(-result)) return false;
        // The directory was removed under our hands: it is made again.
        Tree!.Forget();
        parent = ParentOf(path, out _);
        return true;
    }

    /// <summary>Gives a finished temporary its name.</summary>
    /// <exception cref="FileFaultException">A directory has that name and force was not given, or the call failed.</exception>
    public void Rename(int parent, ReadOnlySpan<byte> temporary, ReadOnlySpan<byte> name, RelativePath path)
    {
        int renamed = At.Rename(parent, temporary, name);
        if (renamed is -Errno.IsDirectory or -Errno.NotEmpty or -Errno.Exists)
        {
            if (!_force) throw Conflict(path, "a directory is in its place");
            FileFaultException.ThrowIfError(TreeRemoval.Remove(parent, name), path, "remove the directory in its place");
            renamed = At.Rename(parent, temporary, name);
            // Only now: it closes the parent as well.
            if (renamed >= 0) Tree!.Forget();
        }

        FileFaultException.ThrowIfError(renamed, path, "give the file its final name");
    }

    /// <summary>Gives the directories that were opened up, and are not in the manifest, their mode back.</summary>
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
            // Either the directory above can't be searched or the one wanted can't; the former is known by its status.
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

    /// <summary>Lets us write into a directory of ours; its mode is put right when directories are finished.</summary>
    /// <returns>Whether anything changed.</returns>
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
