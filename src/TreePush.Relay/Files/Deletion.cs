using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// A walk through DEST that deletes what the manifest lacks, contents before their directory. Excluded paths, and the directories
/// that contain them, are left alone. The walk may take long, so the lock is held only for single steps, and files can be served
/// meanwhile. Temporaries that no other run holds are deleted without being reported.
/// </summary>
internal sealed class Deletion(
    DeletionRules rules, TargetDirectories directories, Lock gate, Action<RelativePath> deleted, Action<FileFault> fault)
{
    /// <param name="root">The descriptor of DEST.</param>
    public void Run(int root)
    {
        if (!rules.Skipped.Contains(RelativePath.Root)) Enter(root, "."u8, RelativePath.Root);
    }

    /// <returns>Whether the directory is empty afterwards.</returns>
    private bool Enter(int parent, ReadOnlySpan<byte> name, RelativePath path)
    {
        int directory = OpenForDeleting(parent, name, path);
        if (directory < 0)
        {
            fault(FileFault.Of(path, "list the directory", -directory));
            return false;
        }

        try
        {
            FileStatus status = default;
            var listing = DirectoryListing.Read(directory, out int error);
            if (error == 0) error = -At.Status(directory, out status);
            if (error != 0)
            {
                fault(FileFault.Of(path, "list the directory", error));
                return false;
            }

            bool isEmpty = true;
            foreach (byte[] child in listing.Names) isEmpty &= Visit(directory, status, child, path);
            return isEmpty;
        }
        finally
        {
            Opened.Close(directory);
        }
    }

    private int OpenForDeleting(int parent, ReadOnlySpan<byte> name, RelativePath path)
    {
        lock (gate)
        {
            int directory = At.Open(parent, name, Open.ListedDirectory);
            if (directory != -Errno.AccessDenied || rules.DryRun) return directory;
            int place = At.Open(parent, name, Open.DirectoryInside);
            if (place < 0) return place;
            bool opened = directories.OpenUp(place, path);
            Opened.Close(place);
            return opened ? At.Open(parent, name, Open.ListedDirectory) : directory;
        }
    }

    /// <returns>Whether the name is gone afterwards.</returns>
    /// <param name="above">The status of the directory.</param>
    private bool Visit(int directory, in FileStatus above, byte[] name, RelativePath parent)
    {
        if (!parent.TryChild(name, out var path) || rules.Skipped.Contains(path)) return false;
        int result = At.Status(directory, name, out var status);
        if (result == -Errno.NoEntry) return true;
        if (result < 0)
        {
            fault(FileFault.Of(path, "stat it", -result));
            return false;
        }

        bool isDirectory = status.Kind == EntryKind.Directory;
        if (rules.Filter.Excludes(path.Bytes, isDirectory)) return false;
        if (!isDirectory && PartialName.Is(name)) return RemoveTemporary(directory, name, path, status);
        var wanted = rules.KindInManifest(path);
        if (!isDirectory) return wanted is null && Remove(directory, name, path, isDirectory: false);
        if (wanted is not (null or EntryKind.Directory) || IsLeftMounted(path, wanted is not null, status.IsMountedIn(above))) return false;
        bool isEmpty = Enter(directory, name, path);
        return wanted is null && isEmpty && Remove(directory, name, path, isDirectory: true);
    }

    /// <summary>Whether a mount point is left alone. A mount point can't be removed, so it is not emptied either: anything may be mounted there.</summary>
    private bool IsLeftMounted(RelativePath path, bool isWanted, bool isMounted)
    {
        if (!isMounted || (isWanted && !rules.OneFileSystem)) return false;
        if (!rules.OneFileSystem) fault(new FileFault(FileFaultKind.OtherFileSystem, path, 0, "can't delete: it is a mount point, and its contents are kept"));
        return true;
    }

    private bool Remove(int directory, byte[] name, RelativePath path, bool isDirectory)
    {
        int result = 0;
        lock (gate)
        {
            if (!rules.DryRun) result = Unlink(directory, name, isDirectory);
            if (Errno.IsPermission(-result) && directories.OpenUp(directory, path.Parent)) result = Unlink(directory, name, isDirectory);
        }

        if (result is 0 or -Errno.NoEntry) deleted(path);
        else fault(FileFault.Of(path, "delete", -result));
        return result is 0 or -Errno.NoEntry;
    }

    private static int Unlink(int directory, byte[] name, bool isDirectory) =>
        isDirectory ? At.RemoveDirectory(directory, name) : At.Unlink(directory, name);

    /// <summary>Removes a temporary, unless it is locked: a locked temporary belongs to another active run.</summary>
    private bool RemoveTemporary(int directory, byte[] name, RelativePath path, in FileStatus status)
    {
        if (rules.DryRun) return true;
        int result;
        lock (gate)
        {
            if (status.Kind == EntryKind.File && IsLocked(directory, name)) return false;
            result = At.Unlink(directory, name);
            if (Errno.IsPermission(-result) && directories.OpenUp(directory, path.Parent)) result = At.Unlink(directory, name);
        }

        if (result < 0) fault(FileFault.Of(path, "delete", -result));
        return result == 0;
    }

    private static bool IsLocked(int directory, byte[] name)
    {
        int file = At.Open(directory, name, Open.FileInside);
        if (file < 0) return false;
        bool locked = Opened.TryLock(file) == -Errno.TryAgain;
        Opened.Close(file);
        return locked;
    }
}
