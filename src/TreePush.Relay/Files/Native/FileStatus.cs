namespace TreePush.Relay.Files.Native;

/// <summary>What statx(2) says of one file.</summary>
internal readonly record struct FileStatus
{
    private const int TypeMask = 0xf000, DirectoryType = 0x4000, FileType = 0x8000, SymlinkType = 0xa000;
    private const int Permissions = 0xfff;

    /// <summary>STATX_ATTR_MOUNT_ROOT; kernels before 5.8 do not know it.</summary>
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

    /// <summary>Null for a socket, a pipe or a device.</summary>
    public EntryKind? Kind { get; }

    /// <summary>07777.</summary>
    public int Mode { get; }

    public long Size { get; }

    /// <summary>Nanoseconds since 1970, from 1677 to 2262; a time outside of these years is taken for the nearest whole second inside.</summary>
    public long ModifiedNs { get; }

    /// <summary>When the inode was changed, by the kernel's clock.</summary>
    public long ChangedNs { get; }

    public FileIdentity Identity { get; }

    /// <summary>Whether something is mounted here; null where the kernel does not say.</summary>
    public bool? IsMountPoint { get; }

    /// <summary>Whether a directory inside another is a mount point: another file system, or another place of the same one.</summary>
    /// <param name="above">Of the directory that it is in.</param>
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
