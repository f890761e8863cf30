namespace TreePush.Core.Queueing;

/// <summary>
/// The sources with a free slot, in the order in which they are taken: least busy, then least failed, then by name; over all and for each zone. A change
/// and a selection cost O(log n).
/// </summary>
internal sealed class FreeSources
{
    private readonly SortedSet<Rank> _all = [];
    private readonly Dictionary<string, SortedSet<Rank>> _byZone = [];
    private readonly Dictionary<string, (Rank Rank, string? Zone)> _entries = [];

    /// <summary>Puts a source where it belongs now, or takes it out.</summary>
    public void Place(ClaimEntry source, int slots)
    {
        if (_entries.Remove(source.Name, out var entry))
        {
            _all.Remove(entry.Rank);
            if (entry.Zone is not null) _byZone[entry.Zone].Remove(entry.Rank);
        }

        if (!source.Serves || source.IsSuspected || source.Busy >= slots) return;
        var rank = new Rank(source.Busy, source.Faults, source.Name);
        _entries[source.Name] = (rank, source.Zone);
        _all.Add(rank);
        if (source.Zone is { } zone) ZoneOf(zone).Add(rank);
    }

    /// <summary>The best source for a host: if possible one at which it has not failed before, and of those one in its own zone.</summary>
    public string? Best(ClaimEntry host)
    {
        IEnumerable<SortedSet<Rank>> shelves = host.Zone is { } zone && _byZone.TryGetValue(zone, out var near) ? [near, _all] : [_all];
        // As many as failed are looked at, and one more.
        return shelves.SelectMany(shelf => shelf.Take(host.FailedAt.Count + 1)).FirstOrDefault(rank => !host.FailedAt.Contains(rank.Name)).Name
            ?? shelves.Select(shelf => shelf.Min.Name).FirstOrDefault(name => name is not null);
    }

    private SortedSet<Rank> ZoneOf(string zone)
    {
        if (!_byZone.TryGetValue(zone, out var shelf)) _byZone[zone] = shelf = [];
        return shelf;
    }

    private readonly record struct Rank(int Busy, int Faults, string Name) : IComparable<Rank>
    {
        private const int MostFaults = 999;

        public int CompareTo(Rank other) =>
            Busy != other.Busy ? Busy.CompareTo(other.Busy)
            : Math.Min(Faults, MostFaults) is var mine && Math.Min(other.Faults, MostFaults) is var theirs && mine != theirs ? mine.CompareTo(theirs)
            : string.CompareOrdinal(Name, other.Name);
    }
}
