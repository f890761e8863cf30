namespace TreePush.Core.Manifests;

/// <summary>One file, directory or symbolic link as the source has it.</summary>
/// <param name="Path">Where it lies; empty for SRC itself.</param>
/// <param name="Mode">Permission bits with set-id and sticky bits, 07777; 0777 for a link, which has none of its own.</param>
/// <param name="ModifiedNs">When its content was changed, in nanoseconds since 1970, UTC.</param>
/// <param name="Size">Bytes of a file; 0 for anything else.</param>
public sealed record ManifestEntry(RelativePath Path, EntryKind Kind, int Mode, long ModifiedNs, long Size)
{
    /// <summary>What a symbolic link says; empty for anything else.</summary>
    public ByteString LinkTarget { get; init; }

    /// <summary>Null where owners are not brought over.</summary>
    public EntryOwner? Owner { get; init; }
}
