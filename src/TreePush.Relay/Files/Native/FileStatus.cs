namespace TreePush.Relay.Files.Native;

/// <summary>The status of one file, from statx(2).</summary>
internal readonly record struct FileStatus
{
    private const int TypeMask = 0xf000, DirectoryType = 0x4000, FileType = 0x8000, SymlinkType = 0xa000;
    private const int Permissions = 0xfff;

    /// <summary>STATX_ATTR_MOUNT_ROOT. Kernels before 5.8 do not support it.</summary>
    private const ulong MountRoot = 0x2000;
    private const long NsPerSecond = 1_000_000_000;

    public FileStatus(in StatxBuffer buffer)
    {
        Kind = (buffer.Mode & TypeMask) switch
        {
            DirectoryType => EntryKind.Directory,
            FileType => EntryKind.File,
            SymlinkType => EntryKind.Symlink,
            _ => null,
        };
        Mode = buffer.Mode & Permissions;
        Size = (long)buffer.Size;
        ModifiedNs = InNs(buffer.ModifiedSeconds, buffer.ModifiedNs);
        ChangedNs = InNs(buffer.ChangedSeconds, buffer.ChangedNs);
        Identity = new FileIdentity(((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor, buffer.Inode);
        IsMountPoint = (buffer.KnownAttributes & MountRoot) == 0 ? null : (buffer.Attributes & MountRoot) != 0;
        (UserId, GroupId, Links) = (buffer.UserId, buffer.GroupId, buffer.Links);
    }

    /// <summary>The kind of entry; null for a socket, a pipe or a device.</summary>
    public EntryKind? Kind { get; }

    /// <summary>The mode bits, 07777.</summary>
    public int Mode { get; }

    public long Size { get; }

    /// <summary>The modification time in nanoseconds since 1970. A time outside of the years 1677 to 2262 becomes the nearest whole second inside.</summary>
    public long ModifiedNs { get; }

    /// <summary>When the inode was last changed, by the kernel's clock, in nanoseconds since 1970.</summary>
    public long ChangedNs { get; }

    public FileIdentity Identity { get; }

    /// <summary>Whether a file system is mounted here; null if the kernel does not say.</summary>
    public bool? IsMountPoint { get; }

    /// <summary>Whether the directory is a mount point: of another file system, or of another directory of the same one.</summary>
    /// <param name="above">The status of the directory that contains it.</param>
    public bool IsMountedIn(in FileStatus above) => IsMountPoint ?? Identity.Device != above.Identity.Device;

    public uint UserId { get; }

    public uint GroupId { get; }

    public uint Links { get; }

    private static long InNs(long seconds, uint ns)
    {
        const long earliest = long.MinValue / NsPerSecond, latest = (long.MaxValue / NsPerSecond) - 1;
        long possible = Math.Clamp(seconds, earliest, latest);
        return (possible * NsPerSecond) + (possible == seconds ? ns : 0);
    }
}
