namespace TreePush.Core.Dispatching.Arrivals;

/// <summary>What tells one version of a file from another without reading it.</summary>
/// <param name="ModifiedNs">The time of the last change, in nanoseconds since 1970.</param>
/// <param name="Inode">0 where the file system has none, or where it is not known.</param>
public readonly record struct FileVersion(long Size, long ModifiedNs, ulong Inode)
{
    /// <summary>Whether size and mtime are equal. The inode is left out: a file may have another one after a restart, on some file systems.</summary>
    public bool HasSameContent(FileVersion other) => Size == other.Size && ModifiedNs == other.ModifiedNs;
}
