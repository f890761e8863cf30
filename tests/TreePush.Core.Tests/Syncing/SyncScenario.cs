using TreePush.Core.Hosts;
using TreePush.Core.Syncing;
using TreePush.Core.Syncing.Simulation;

namespace TreePush.Core.Tests.Syncing;

/// <summary>An imagined sync: hosts, policy, network, profiles and what the user does meanwhile, all of it from a seed.</summary>
internal sealed class SyncScenario
{
    private readonly Random _random;
    private readonly bool _faults;
    private readonly Dictionary<HostName, HostProfile> _profiles = [];
    private readonly (TimeSpan, SyncInput)[] _script;
    private readonly SimulatedFleet _fleet;

    private SyncScenario(int seed, bool faults)
    {
        (_random, _faults) = (new Random(seed), faults);
        int zones = _random.Next(1, 5);
        var targets = Hosts("t", _random.Next(1, _random.Next(2) == 0 ? 12 : 120), zones);
        var sources = Hosts("s", _random.Next(1, 4), zones);
        if (_random.Next(3) == 0) sources.Insert(0, new Host("local"));
        if (_random.Next(4) == 0) sources.Add(targets[^1]);
        Plan = new SyncPlan(sources, targets, AnyPolicy() with { Probe = seed % 2 == 0 });
        foreach (var host in sources.Concat(targets).DistinctBy(h => h.Name)) _profiles[host.Name] = AnyProfile(sources.Contains(host));
        _fleet = AnyFleet(seed);
        _script = faults && _random.Next(8) == 0
            ? [(TimeSpan.FromSeconds(_random.NextDouble() * 5), new SyncInput.Stop(_random.Next(3) == 0)), (TimeSpan.FromSeconds(20), new SyncInput.Stop(Kill: true))]
            : [];
    }

    public SyncPlan Plan { get; }

    public bool LosesSources => _script.Length > 0 || Plan.Sources.Any(s => IsDoomed(s.Name));

    public static SyncScenario Of(int seed, bool faults) => new(seed, faults);

    public SimulatedSync Run() => SimulatedSync.Of(Plan, _fleet, script: _script);

    /// <summary>Something befalls the host that it can't survive.</summary>
    public bool IsDoomed(HostName host) =>
        _profiles[host] is { DoesNotOpen: true } or { Dies: not null } or { FallsSilent: not null } or { Fails: not null } or { Stalls: not null } or { ReceivesSpoiled: true };

    private List<Host> Hosts(string prefix, int count, int zones) =>
        [.. Enumerable.Range(1, count).Select(i => new Host($"{prefix}{i}")
            .WithVariables(new Dictionary<string, string> { ["ZONE"] = _random.Next(zones).ToString() }))];

    private SyncPolicy AnyPolicy() => new()
    {
        Topology = new Topology((TopologyKind)_random.Next(3), _random.Next(1, 4)),
        MaxOpening = _random.Next(4) == 0 ? _random.Next(1, 4) : 32,
        DryRun = _random.Next(10) == 0,
        Failover = (Failover)_random.Next(2),
        Silence = TimeSpan.FromSeconds(_random.Next(5, 15)),
    };

    private HostProfile AnyProfile(bool isSource)
    {
        var profile = new HostProfile { Has = !isSource && _random.Next(4) == 0 ? _random.Next(3) / 2.0 : 0 };
        var at = TimeSpan.FromSeconds(_random.NextDouble() * 6);
        if (!_faults) return profile;
        return _random.Next(isSource ? 100 : 40) switch
        {
            0 => profile with { DoesNotOpen = true },
            1 => profile with { Dies = at },
            2 => profile with { FallsSilent = at },
            3 => profile with { Fails = at },
            4 => profile with { ReceivesSpoiled = true },
            5 when !isSource => profile with { Spoils = true },
            6 => profile with { FlapsEvery = TimeSpan.FromSeconds(2) },
            7 => profile with { Down = 0.1 },
            8 => profile with { Up = 0.1 },
            9 => profile with { Down = 0.4, Up = 0.3 },
            10 => profile with { Stalls = at },
            11 => profile with { Stalls = at, StallLasts = 3 * at },
            _ => profile,
        };
    }

    private SimulatedFleet AnyFleet(int seed)
    {
        string? cutOff = _faults && _random.Next(4) == 0 ? "zone 0" : null;
        bool nobody = _faults && _random.Next(20) == 0;
        bool reachesLocal = _random.Next(2) == 0;
        return new SimulatedFleet
        {
            Seed = seed,
            Bytes = _random.Next(3) == 0 ? 1 << 20 : 32 << 20,
            Profiles = host => _profiles[host.Name],
            Reaches = (child, parent) => (reachesLocal || !parent.IsLocal) && !nobody
                && (cutOff is null || child.Placement.Zone == cutOff == (parent.Placement.Zone == cutOff)),
        };
    }
}
