namespace TreePush.Core.Pushing;

/// <summary>All zones, indexed by what can be done for them, so that no decision has to search them all.</summary>
internal sealed class ZoneBook
{
    private readonly Dictionary<string, Zone> _zones = [];
    private readonly SortedSet<Entry> _unseeded = [];
    private readonly SortedSet<Entry> _unclaimed = [];
    private readonly Dictionary<Zone, (Entry Unseeded, Entry Unclaimed)> _filed = [];
    private readonly Queue<Zone> _changed = new();
    private readonly HashSet<Zone> _isChanged = [];

    public int Waiting { get; private set; }

    public int UnseededCount => _unseeded.Count;

    /// <summary>The unseeded zone with the most waiting targets.</summary>
    public Zone? Unseeded => _unseeded.Min.Zone;

    /// <summary>The zone with the most waiting targets that no source being opened is meant for.</summary>
    public Zone? MostUnclaimed => _unclaimed.Min.Zone;

    /// <param name="name">Null for the controller's own machine, which has a zone of its own.</param>
    public Zone Of(string? name)
    {
        name ??= "\0";
        if (!_zones.TryGetValue(name, out var zone)) _zones[name] = zone = new Zone(name, _zones.Count);
        return zone;
    }

    /// <summary>Changes a zone and updates the indexes. Every change of a zone must go through this method.</summary>
    public void Change(Zone zone, Action<Zone> change)
    {
        if (_filed.Remove(zone, out var old))
        {
            _unseeded.Remove(old.Unseeded);
            _unclaimed.Remove(old.Unclaimed);
        }

        Waiting -= zone.Waiting;
        change(zone);
        Waiting += zone.Waiting;

        var (unseeded, unclaimed) = (new Entry(zone.Waiting, zone), new Entry(zone.Unclaimed, zone));
        if (zone.IsUnseeded) _unseeded.Add(unseeded);
        else if (zone.Unclaimed > 0) _unclaimed.Add(unclaimed);
        _filed[zone] = (unseeded, unclaimed);
        Touch(zone);
    }

    /// <summary>Marks the zone as changed, so that it is looked at again.</summary>
    public void Touch(Zone zone)
    {
        if (zone.Waiting > 0 && _isChanged.Add(zone)) _changed.Enqueue(zone);
    }

    /// <summary>Removes and returns the next changed zone, or null.</summary>
    public Zone? NextChanged()
    {
        if (!_changed.TryDequeue(out var zone)) return null;
        _isChanged.Remove(zone);
        return zone;
    }

    /// <summary>Removes and returns the waiting targets of all zones, in order of zone.</summary>
    public IEnumerable<Target> DequeueAll()
    {
        foreach (var zone in _zones.Values.ToList())
            while (zone.Waiting > 0)
            {
                Target? target = null;
                Change(zone, z => target = z.Dequeue());
                yield return target!;
            }
    }

    /// <summary>Sorts the zone with the highest count first. Equal zones keep the order in which they were first seen.</summary>
    private readonly record struct Entry(int Count, Zone? Zone) : IComparable<Entry>
    {
        public int CompareTo(Entry other) =>
            other.Count.CompareTo(Count) is not 0 and var byCount ? byCount : (Zone?.Order ?? 0).CompareTo(other.Zone?.Order ?? 0);
    }
}
