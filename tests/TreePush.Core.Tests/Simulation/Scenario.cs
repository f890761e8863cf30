using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Simulation;

/// <summary>An imagined run: hosts, policy, network and what the user does meanwhile, all of it from a seed.</summary>
internal sealed record Scenario(int Seed, PushPlan Plan, SimulatedNetwork Network, IReadOnlyList<(TimeSpan At, PushInput Input)> Script)
{
    public bool HasFaults => Network.DeadTargets + Network.BadSources + Network.UnreachableSources + Network.Flapping > 0 || Network.HostsTrustNobody;

    public bool IsStopped => Script.Any(s => s.Input is PushInput.Stop);

    public static Scenario Of(int seed, bool faults = true, bool user = true)
    {
        var random = new Random(seed);
        var targets = AnyTargets(random, random.Next(1, random.Next(2) == 0 ? 40 : 301));
        var policy = AnyPolicy(random) with { Probe = seed % 2 == 0 };
        var sources = Enumerable.Range(1, random.Next(1, 4)).Select(i => InZone(new Host($"s{i}"), random.Next(4))).ToList();
        if (random.Next(3) == 0) sources.Insert(0, new Host("local"));
        if (random.Next(4) == 0) sources.Add(targets[^1]);
        var plan = new PushPlan(sources, targets, policy) { Served = ServedBefore(random, targets) };
        var network = AnyNetwork(random, faults) with { Seed = seed };
        return new Scenario(seed, plan, network, [.. user ? Whims(random) : [], .. faults ? Losses(random, sources) : []]);
    }

    /// <summary>Runs it, with a invariants who checks every step.</summary>
    public (SimulationResult Result, InvariantChecker InvariantChecker) Run()
    {
        var invariants = new InvariantChecker(Plan);
        try
        {
            var result = new PushSimulation(Plan, Network) { Watch = invariants.Check, Script = Script }.Run();
            invariants.CheckEnd(result);
            return (result, invariants);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {Seed}: {e.Message}\n{Plan.Policy}\n{Network}\n{string.Join('\n', Script)}", e);
        }
    }

    private static List<Host> AnyTargets(Random random, int count)
    {
        int zones = random.Next(1, 9);
        bool named = random.Next(2) == 0;
        return [.. Enumerable.Range(1, count).Select(i => named
            ? InZone(new Host($"t{i}"), random.Next(zones))
            : new Host($"10.0.{random.Next(zones)}.{i % 250}", 22 + (i / 250)))];
    }

    private static Host InZone(Host host, int zone) =>
        host.WithVariables(new Dictionary<string, string> { ["ZONE"] = zone.ToString() });

    private static PushPolicy AnyPolicy(Random random) => new()
    {
        Slots = random.Next(4) == 0 ? null : random.Next(1, 7),
        Retries = random.Next(4),
        RetryDelay = TimeSpan.FromSeconds(random.Next(3)),
        MaxTransfers = random.Next(4) == 0 ? random.Next(1, 20) : 2000,
        MaxOpening = random.Next(4) == 0 ? random.Next(1, 4) : 32,
    };

    private static HashSet<HostName> ServedBefore(Random random, List<Host> targets) =>
        random.Next(4) > 0 ? [] : [.. targets.Where(_ => random.Next(3) == 0).Select(t => t.Name)];

    private static SimulatedNetwork AnyNetwork(Random random, bool faults)
    {
        double Share(double most) => faults && random.Next(2) == 0 ? random.NextDouble() * most : 0;
        var network = new SimulatedNetwork
        {
            Bytes = random.Next(3) == 0 ? 1e7 : 1e9,
            SlowHosts = random.Next(3) == 0 ? 0.1 : 0,
            DeadTargets = Share(0.4),
            BadSources = Share(0.3),
            UnreachableSources = Share(0.3),
            HostsTrustNobody = faults && random.Next(8) == 0,
            Flapping = Share(0.1),
        };
        if (random.Next(3) == 0) network = network with { StreamRate = network.Rate / 6 };
        return random.Next(3) == 0 ? network with { CrossingRate = network.Rate / 20 } : network;
    }

    /// <summary>Connections to the first sources that go away, some of them for good.</summary>
    private static IEnumerable<(TimeSpan At, PushInput Input)> Losses(Random random, List<Host> sources)
    {
        for (int i = random.Next(4) == 0 ? random.Next(1, 6) : 0; i > 0; i--)
        {
            var kind = random.Next(2) == 0 ? FailureKind.ConnectionLost : FailureKind.HostUnusable;
            var lost = new PushInput.SourceLost(sources[random.Next(sources.Count)].Name, new Failure(kind, "gone"));
            yield return (TimeSpan.FromSeconds(random.Next(60)), lost);
        }
    }

    private static List<(TimeSpan At, PushInput Input)> Whims(Random random)
    {
        var script = new List<(TimeSpan, PushInput)>();
        for (int i = random.Next(4); i > 0; i--)
        {
            var at = TimeSpan.FromSeconds(random.Next(200));
            if (random.Next(2) == 0) script.Add((at, new PushInput.Reconnect(random.Next(2) == 0)));
            else script.AddRange([(at, new PushInput.Pause()), (at + TimeSpan.FromSeconds(random.Next(1, 60)), new PushInput.Continue())]);
        }

        if (random.Next(5) == 0) script.Add((TimeSpan.FromSeconds(random.Next(100)), new PushInput.Stop(random.Next(2) == 0)));
        // A last word of the user ends the pauses that overlap.
        script.Add((TimeSpan.FromSeconds(1000), new PushInput.Continue()));
        return script;
    }
}
