using TreePush.Relay.Files;

namespace TreePush.Relay.Targets;

/// <summary>What a tree lacks of the manifest, found entry by entry; nothing is changed by looking.</summary>
/// <param name="checksum">Equal size and time are not enough: content is compared piece by piece.</param>
internal sealed class NeedPlan(Func<ManifestEntry, Comparison> compare, Func<ManifestEntry, bool> hasPartial, bool checksum)
{
    /// <summary>Conflicts that are named; the rest is counted.</summary>
    private const int MostNamed = 5;

    private readonly List<string> _conflicts = [];
    private int _moreConflicts;

    public List<int> Directories { get; } = [];

    public List<int> Symlinks { get; } = [];

    /// <summary>Only mode, time or owner are not what they should be.</summary>
    public List<int> Metadata { get; } = [];

    /// <summary>Files without a byte.</summary>
    public List<int> Empty { get; } = [];

    /// <summary>Files all of whose pieces are needed.</summary>
    public List<int> Lacking { get; } = [];

    /// <summary>Files of which something may be here: each piece is needed unless it turns out to be right.</summary>
    public List<Candidate> Candidates { get; } = [];

    /// <summary>Files that are here as they should be.</summary>
    public List<int> Equal { get; } = [];

    /// <summary>Why nothing must be written; null where everything may.</summary>
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
