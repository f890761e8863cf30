namespace TreePush.Core.Queueing;

/// <summary>The hosts that found no free slot and are to be woken, longest waiting first; over all and for each zone.</summary>
internal sealed class WaitingHosts
{
    private readonly SortedSet<Place> _all = [];
    private readonly Dictionary<string, SortedSet<Place>> _byZone = [];
    private readonly Dictionary<string, (Place Place, string? Zone)> _entries = [];

    /// <summary>Their names, longest waiting first.</summary>
    public IEnumerable<string> Names => _all.Select(p => p.Name);

    public void Add(ClaimEntry host)
    {
        Remove(host.Name);
        var place = new Place(host.WaitsSince!.Value, host.Name);
        _entries[host.Name] = (place, host.Zone);
        _all.Add(place);
        if (host.Zone is not { } zone) return;
        if (!_byZone.TryGetValue(zone, out var near)) _byZone[zone] = near = [];
        near.Add(place);
    }

    public void Remove(string name)
    {
        if (!_entries.Remove(name, out var entry)) return;
        _all.Remove(entry.Place);
        if (entry.Zone is not null) _byZone[entry.Zone].Remove(entry.Place);
    }

    /// <summary>Takes out who is to be woken for free slots in a zone: its own hosts first.</summary>
    public List<string> Take(string? zone, int count)
    {
        var taken = zone is not null && _byZone.TryGetValue(zone, out var near) ? near.Take(count).Select(p => p.Name).ToList() : [];
        taken.ForEach(Remove);
        var others = _all.Take(count - taken.Count).Select(p => p.Name).ToList();
        others.ForEach(Remove);
        return [.. taken, .. others];
    }

    public void Clear()
    {
        _all.Clear();
        _byZone.Clear();
        _entries.Clear();
    }

    private readonly record struct Place(DateTimeOffset Since, string Name) : IComparable<Place>
    {
        public int CompareTo(Place other) => Since != other.Since ? Since.CompareTo(other.Since) : string.CompareOrdinal(Name, other.Name);
    }
}
