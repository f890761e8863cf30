using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>The result of comparing DEST with one entry.</summary>
/// <param name="HasCandidate">Whether DEST has a file of the same size. With <c>--checksum</c>, its content may be correct.</param>
internal readonly record struct Comparison(Lack Lack, bool HasCandidate = false)
{
    public static readonly Comparison Missing = new(Lack.Content);

    /// <summary>
    /// Compares an entry with the status of the file in DEST. For links, <paramref name="sameTarget"/> tells whether the link
    /// targets are equal.
    /// </summary>
    /// <param name="mode">The mode that the entry should have on this host.</param>
    /// <param name="owner">The ids that should own the entry, or null if owners are not compared.</param>
    public static Comparison Of(ManifestEntry entry, in FileStatus status, int mode, (uint User, uint Group)? owner, bool sameTarget)
    {
        bool isDirectory = status.Kind == EntryKind.Directory;
        if (status.Kind != entry.Kind)
        {
            // A link has no content to lose, so it is always replaced.
            bool replaceable = status.Kind == EntryKind.Symlink || (!isDirectory && entry.Kind != EntryKind.Directory);
            return replaceable ? Missing : new Comparison(Lack.Conflict);
        }

        bool sameTime = TimeGranularity.AreEqual(entry.ModifiedNs, status);
        bool sameContent = entry.Kind switch
        {
            EntryKind.Directory => true,
            EntryKind.Symlink => sameTarget,
            _ => status.Size == entry.Size && sameTime,
        };
        bool hasCandidate = entry.Kind == EntryKind.File && status.Size == entry.Size;
        if (!sameContent) return new Comparison(Lack.Content, hasCandidate);
        bool sameMode = entry.Kind == EntryKind.Symlink || status.Mode == mode;
        bool sameOwner = owner is null || owner == (status.UserId, status.GroupId);
        return new Comparison(sameTime && sameMode && sameOwner ? Lack.Nothing : Lack.Metadata, hasCandidate);
    }
}
