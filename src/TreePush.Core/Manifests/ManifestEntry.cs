namespace TreePush.Core.Manifests;

/// <summary>One file, directory or symbolic link at the source.</summary>
/// <param name="Path">The path below SRC; empty for SRC itself.</param>
/// <param name="Mode">The permission bits with set-id and sticky bits, 07777; 0777 for a link, which has no mode of its own.</param>
/// <param name="ModifiedNs">The modification time, in nanoseconds since 1970, UTC.</param>
/// <param name="Size">The size of a file in bytes; 0 for other kinds.</param>
public sealed record ManifestEntry(RelativePath Path, EntryKind Kind, int Mode, long ModifiedNs, long Size)
{
    /// <summary>The target of a symbolic link; empty for other kinds.</summary>
    public ByteString LinkTarget { get; init; }

    /// <summary>The owner; null if the run does not copy owners.</summary>
    public EntryOwner? Owner { get; init; }
}
