using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>What DEST has of one entry.</summary>
/// <param name="HasCandidate">A file of the same size is there: with <c>--checksum</c>, its content may be the right one.</param>
internal readonly record struct Comparison(Lack Lack, bool HasCandidate = false)
{
    public static readonly Comparison Missing = new(Lack.Content);

    /// <summary>For directories and files; for links, <paramref name="sameTarget"/> tells whether they say the same.</summary>
    /// <param name="mode">The mode it should have here.</param>
    /// <param name="owner">The numbers it should belong to, or null where they do not matter.</param>
    public static Comparison Of(ManifestEntry entry, in FileStatus status, int mode, (uint User, uint Group)? owner, bool sameTarget)
    {
        bool isDirectory = status.Kind == EntryKind.Directory;
        if (status.Kind != entry.Kind)
        {
            // A link is nobody's content: it is replaced by whatever should be there.
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
