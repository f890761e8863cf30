using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>A file system that holds a part of DEST.</summary>
internal sealed class FileSystem : IDisposable
{
    /// <summary>
    /// ext2 to ext4, xfs, btrfs, f2fs, zfs, bcachefs and the two in memory: syncfs(2) brings everything of these to the disk, names included. Others (FUSE,
    /// overlays, networks) may keep something back, so their files and directories are flushed one by one.
    /// </summary>
    private static readonly HashSet<long> SyncedAsAWhole = [0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1, 0xca451a4e, 0x01021994, 0x858458f6];

    /// <summary>Null where we may write into the file system and not read it.</summary>
    private readonly Descriptor? _directory;

    /// <param name="directory">Open for reading; closed with this. Or the negated error number of the attempt.</param>
    public FileSystem(int directory)
    {
        if (directory < 0) return;
        _directory = new Descriptor(directory);
        IsSyncedAsAWhole = SyncedAsAWhole.Contains(DiskSync.TypeOf(directory));
    }

    /// <summary>Whether one call is as good as flushing each file and directory in it.</summary>
    public bool IsSyncedAsAWhole { get; }

    /// <returns>Zero, or the negated error number; it may be somebody else's file that could not be written.</returns>
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
