using TreePush.Core.Manifests;

namespace TreePush.Relay.Files.Native;

/// <summary>What statx(2) says of one file.</summary>
internal readonly record struct FileStatus
{
    private const int TypeMask = 0xf000, DirectoryType = 0x4000, FileType = 0x8000, SymlinkType = 0xa000;
    private const int Permissions = 0xfff;
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
        ModifiedNs = (buffer.ModifiedSeconds * NsPerSecond) + buffer.ModifiedNs;
        ChangedNs = (buffer.ChangedSeconds * NsPerSecond) + buffer.ChangedNs;
        Identity = new FileIdentity(((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor, buffer.Inode);
        (UserId, GroupId, Links) = (buffer.UserId, buffer.GroupId, buffer.Links);
    }

    /// <summary>Null for a socket, a pipe or a device.</summary>
    public EntryKind? Kind { get; }

    /// <summary>07777.</summary>
    public int Mode { get; }

    public long Size { get; }

    /// <summary>Nanoseconds since 1970.</summary>
    public long ModifiedNs { get; }

    /// <summary>When the inode was changed, by the kernel's clock.</summary>
    public long ChangedNs { get; }

    public FileIdentity Identity { get; }

    public uint UserId { get; }

    public uint GroupId { get; }

    public uint Links { get; }
}
