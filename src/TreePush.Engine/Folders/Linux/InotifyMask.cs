namespace TreePush.Engine.Folders.Linux;

/// <summary>Bits of inotify(7).</summary>
internal static class InotifyMask
{
    public const uint CloseWrite = 0x8;
    public const uint MovedFrom = 0x40;
    public const uint MovedTo = 0x80;
    public const uint Create = 0x100;
    public const uint Delete = 0x200;
    public const uint DeleteSelf = 0x400;
    public const uint MoveSelf = 0x800;
    public const uint Unmount = 0x2000;
    public const uint Overflow = 0x4000;
    public const uint Ignored = 0x8000;
    public const uint IsFolder = 0x40000000;

    /// <summary>What is asked of every folder. A file that was removed while it is open is left out (IN_EXCL_UNLINK); only folders are watched (IN_ONLYDIR).</summary>
    public const uint Wanted = CloseWrite | MovedFrom | MovedTo | Create | Delete | DeleteSelf | MoveSelf | 0x04000000 | 0x01000000;
}
