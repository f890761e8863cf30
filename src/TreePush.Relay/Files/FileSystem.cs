using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>A file system that holds a part of DEST.</summary>
internal sealed class FileSystem : IDisposable
{
    /// <summary>
    /// The types of ext2 to ext4, xfs, btrfs, f2fs, zfs, bcachefs, tmpfs and ramfs. For these, syncfs(2) writes everything to the
    /// disk, including names. Other file systems (FUSE, overlays, networks) may hold something back, so their files and
    /// directories are flushed one by one.
    /// </summary>
    private static readonly HashSet<long> SyncedAsAWhole = [0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1, 0xca451a4e, 0x01021994, 0x858458f6];

    /// <summary>The open directory; null if the file system may be written but not read.</summary>
    private readonly Descriptor? _directory;

    /// <param name="directory">
    /// A directory of the file system, open for reading, which this object closes; or the negated error number of the attempt to
    /// open it.
    /// </param>
    public FileSystem(int directory)
    {
        if (directory < 0) return;
        _directory = new Descriptor(directory);
        IsSyncedAsAWhole = SyncedAsAWhole.Contains(DiskSync.TypeOf(directory));
    }

    /// <summary>Whether one call has the effect of flushing each file and directory of the file system.</summary>
    public bool IsSyncedAsAWhole { get; }

    /// <returns>Zero, or the negated error number. The error may concern a file of another program.</returns>
    public int Flush()
    {
        if (_directory is null)
        {
            DiskSync.FlushAll();
            return 0;
        }

        using var use = _directory.Enter();
        return DiskSync.FlushFileSystem(use.Number);
    }

    public void Dispose() => _directory?.Dispose();
}
