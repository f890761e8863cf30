using TreePush.Relay.Files;

namespace TreePush.Relay.Targets;

/// <summary>What a tree lacks of the manifest, found entry by entry. The comparison changes nothing.</summary>
/// <param name="checksum">Whether the content of files with equal size is compared piece by piece.</param>
internal sealed class NeedPlan(Func<ManifestEntry, Comparison> compare, Func<ManifestEntry, bool> hasPartial, bool checksum)
{
    /// <summary>The most conflicts that are named; the rest are counted.</summary>
    private const int MostNamed = 5;

    private readonly List<string> _conflicts = [];
    private int _moreConflicts;

    public List<int> Directories { get; } = [];

    public List<int> Symlinks { get; } = [];

    /// <summary>The entries that differ only in mode, time or owner.</summary>
    public List<int> Metadata { get; } = [];

    /// <summary>The empty files to create.</summary>
    public List<int> Empty { get; } = [];

    /// <summary>The files whose pieces are all needed.</summary>
    public List<int> Lacking { get; } = [];

    /// <summary>The files whose content may be partly on this host: each piece is needed unless it turns out to be right.</summary>
    public List<Candidate> Candidates { get; } = [];

    /// <summary>The files whose content is right.</summary>
    public List<int> Equal { get; } = [];

    /// <summary>The conflicts that forbid writing anything; null if there are none.</summary>
    public string? Conflicts => _conflicts.Count == 0 ? null
        : string.Join(", ", _conflicts) + (_moreConflicts > 0 ? $" and {_moreConflicts} more" : "");

    public int Files => Lacking.Count + Candidates.Count;

    public int Changes => Files + Empty.Count + Metadata.Count + Symlinks.Count + Directories.Count;

    public void Compare(int number, ManifestEntry entry)
    {
        var found = compare(entry);
        if (found.Lack == Lack.Conflict) AddConflict(entry);
        else if (entry.Kind == EntryKind.File) CompareFile(number, entry, found);
        else if (found.Lack == Lack.Content) (entry.Kind == EntryKind.Directory ? Directories : Symlinks).Add(number);
        else if (found.Lack == Lack.Metadata && entry.Kind == EntryKind.Symlink) Metadata.Add(number);
    }

    private void CompareFile(int number, ManifestEntry entry, Comparison found)
    {
        if (checksum && found.HasCandidate && entry.Size > 0) Candidates.Add(new Candidate(number, IsPartial: false));
        else if (found.Lack == Lack.Content && entry.Size == 0) Empty.Add(number);
        else if (found.Lack == Lack.Content && hasPartial(entry)) Candidates.Add(new Candidate(number, IsPartial: true));
        else if (found.Lack == Lack.Content) Lacking.Add(number);
        else Keep(number, found);
    }

    private void Keep(int number, Comparison found)
    {
        Equal.Add(number);
        if (found.Lack == Lack.Metadata) Metadata.Add(number);
    }

    private void AddConflict(ManifestEntry entry)
    {
        if (_conflicts.Count < MostNamed) _conflicts.Add(entry.Path.ToString());
        else _moreConflicts++;
    }
}
