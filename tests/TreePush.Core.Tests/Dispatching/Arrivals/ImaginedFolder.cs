using TreePush.Core.Dispatching.Arrivals;
using TreePush.Core.Manifests;

namespace TreePush.Core.Tests.Dispatching.Arrivals;

/// <summary>A folder whose files are written, moved, removed and handled at random, from a seed.</summary>
internal sealed class ImaginedFolder(int seed, KnownFiles known, ArrivalTracker tracker)
{
    private const int Steps = 200;

    private readonly Random _random = new(seed);
    private readonly Dictionary<RelativePath, FileVersion> _files = [];
    private readonly List<Arrival> _handled = [];
    private readonly HashSet<Arrival> _acknowledged = [];
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private long _versions = seed * 1000L;

    public List<Arrival> Repeated { get; } = [];

    public List<Arrival> Lost { get; } = [];

    public void Run()
    {
        for (int step = 0; step < Steps; step++) Step();
        for (int quiet = 0; quiet < 100; quiet++)
        {
            _now += TimeSpan.FromSeconds(5);
            Look();
            while (Take()) { }
            while (_handled.Count > 0) End(acknowledge: true);
        }

        Lost.AddRange(_files.Select(f => new Arrival(f.Key, f.Value)).Where(a => !_acknowledged.Contains(a)));
        foreach (var path in _files.Keys.ToList()) Remove(path);
        if (tracker.OpenCount + known.Count > 0) throw new InvalidOperationException("Something is left of files that are gone.");
    }

    private void Step()
    {
        var path = RelativePath.Of($"f{_random.Next(5)}");
        _now += TimeSpan.FromSeconds(_random.Next(4));
        switch (_random.Next(8))
        {
            case 0: Make(path, FileSign.MovedIn); break;
            case 1: Make(path, _files.ContainsKey(path) ? FileSign.Written : FileSign.Created); break;
            case 2: Remove(path); break;
            case 3: Look(); break;
            case 4: Take(); break;
            case 5 when _files.TryGetValue(path, out var version): tracker.Observe(path, version, FileSign.Found, _now); break;
            default: End(_random.Next(2) == 0); break;
        }
    }

    private void Make(RelativePath path, FileSign sign)
    {
        _files[path] = new FileVersion(_random.Next(100), ++_versions, (ulong)_versions);
        tracker.Observe(path, _files[path], sign, _now);
    }

    private void Remove(RelativePath path)
    {
        if (_files.Remove(path)) tracker.Gone(path);
    }

    private void Look()
    {
        foreach (var path in tracker.TakeDue(_now))
        {
            if (_files.TryGetValue(path, out var version)) tracker.Observe(path, version, FileSign.Found, _now);
            else tracker.Gone(path);
        }
    }

    private bool Take()
    {
        if (tracker.TakeArrived() is not { } arrival) return false;
        if (_acknowledged.Contains(arrival)) Repeated.Add(arrival);
        _handled.Add(arrival);
        return true;
    }

    private void End(bool acknowledge)
    {
        if (_handled.Count == 0) return;
        int which = _random.Next(_handled.Count);
        var arrival = _handled[which];
        _handled.RemoveAt(which);
        if (acknowledge)
        {
            tracker.Acknowledge(arrival.Path);
            _acknowledged.Add(arrival);
        }

        tracker.Ended(arrival.Path, changed: !acknowledge && _random.Next(2) == 0, _now);
    }
}
