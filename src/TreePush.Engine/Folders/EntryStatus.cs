namespace TreePush.Engine.Folders;

/// <summary>What the file system says of a name, without following it.</summary>
/// <param name="ModifiedNs">The time of the last change, in nanoseconds since 1970.</param>
/// <param name="Device">With the inode: which file it is. Both are 0 where the system has no such numbers.</param>
public readonly record struct EntryStatus(EntryType Type, long Size, long ModifiedNs, ulong Device, ulong Inode)
{
    /// <summary>Whether both are the same file or folder, under whatever name and with whatever content.</summary>
    public bool IsSameEntry(EntryStatus other) => (Device, Inode) == (other.Device, other.Inode);
}
