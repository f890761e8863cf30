
namespace TreePush.Testing;

/// <summary>What was found at one path of a tree.</summary>
/// <param name="Path">From the top of the tree on; empty for the top itself.</param>
public sealed record TreeEntry(RawPath Path, EntryKind Kind)
{
    /// <summary>Permissions, with setuid, setgid and sticky.</summary>
    public int Mode { get; init; }

    /// <summary>user:group, in numbers.</summary>
    public string Owner { get; init; } = "0:0";

    public UnixTime Modified { get; init; }

    /// <summary>Of a file, in bytes.</summary>
    public long Size { get; init; }

    /// <summary>What a file takes up on the disk, in bytes: less than its size where it has holes.</summary>
    public long Allocated { get; init; }

    /// <summary>Of a file's content, in lower case; empty for what is no file.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Where a link leads; empty for what is no link.</summary>
    public RawPath LinkTarget { get; init; }

    /// <summary>One line, with - for what is not asked for or makes no sense.</summary>
    public string Print(TreeAspects aspects)
    {
        var hasMode = Kind != EntryKind.Link && aspects.HasFlag(TreeAspects.Modes);
        var timeAspect = Kind switch
        {
            EntryKind.Directory => TreeAspects.DirectoryTimes,
            EntryKind.Link => TreeAspects.LinkTimes,
            _ => TreeAspects.FileTimes,
        };
        string[] fields =
        [
            $"{Kind}".ToLowerInvariant(),
            hasMode ? Convert.ToString(Mode, 8).PadLeft(4, '0') : "-",
            aspects.HasFlag(TreeAspects.Owners) ? Owner : "-",
            aspects.HasFlag(timeAspect) ? $"{Modified}" : "-",
            Kind == EntryKind.File ? Size.ToString() : "-",
            Kind == EntryKind.File ? Sha256 : "-",
            Path.IsEmpty ? "." : $"{Path}",
        ];
        var line = string.Join(' ', fields);
        return Kind == EntryKind.Link ? $"{line} -> {LinkTarget}" : line;
    }

    public override string ToString() => Print(TreeAspects.All);
}
