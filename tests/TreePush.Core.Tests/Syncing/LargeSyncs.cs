using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Syncing.Simulation;
using TreePush.Core.Tests.Pushing;

namespace TreePush.Core.Tests.Syncing;

public sealed class LargeSyncs
{
    private const int Hosts = 10_000;

    [Theory]
    [InlineData(1, TopologyKind.Chain)]
    [InlineData(2, TopologyKind.Auto)]
    public void Ten_thousand_hosts_of_which_some_die_some_are_slow_and_some_flap(int seed, TopologyKind kind)
    {
        var profiles = Profiles(seed);
        var fleet = Imagine(seed) with { Profiles = host => profiles.GetValueOrDefault(host.Name, HostProfile.Fair) };
        var run = SimulatedSync.Of(Plan(kind), fleet, looksForCycles: false);

        var slow = profiles.Where(f => f.Value.Down < 1).Select(f => f.Key.Value).ToArray();
        var dead = profiles.Where(f => f.Value.Dies is not null).Select(f => f.Key);
        run.Emitted<TargetFailed>().Select(f => f.Target).Should().BeSubsetOf(dead);
        run.TimeOfAllBut(slow).Should().BeLessThan(1.5 * fleet.ChainTime(Hosts).TotalSeconds);
    }

    [Fact]
    public void Ten_thousand_hosts_that_are_alike_are_served_in_the_time_of_the_formula()
    {
        var fleet = Imagine(3);
        var run = SimulatedSync.Of(Plan(TopologyKind.Chain), fleet, looksForCycles: false);
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == Hosts && r.Links == Hosts);
        run.Result.Duration.Should().BeLessThan(1.02 * fleet.ChainTime(Hosts));
        run.Demoted.Should().BeEmpty();
    }

    [Fact]
    public void Decisions_cost_hardly_more_in_a_fleet_ten_times_as_large() =>
        MemoryPerInput(2000).Should().BeLessThan(2 * MemoryPerInput(200));

    private static SimulatedFleet Imagine(int seed) => new()
    {
        Seed = seed,
        PieceSize = 256 << 10,
        Report = TimeSpan.FromSeconds(2),
        Opening = TimeSpan.FromMilliseconds(100),
    };

    private static SyncPlan Plan(TopologyKind kind, int hosts = Hosts) => new(
        Fleet.Hosts("10.200.0.1"), Fleet.Hosts("10.0.[0-99].[1-100]").Take(hosts).ToList(),
        new SyncPolicy { MaxOpening = 256, ReportEvery = TimeSpan.FromSeconds(2), Topology = new Topology(kind) });

    /// <summary>1 % die within the first half minute, 2 % receive at a tenth, 2 % lose their link every few seconds.</summary>
    private static Dictionary<HostName, HostProfile> Profiles(int seed)
    {
        var random = new Random(seed);
        return Plan(TopologyKind.Chain).Targets.ToDictionary(t => t.Name, _ => random.Next(100) switch
        {
            0 => new HostProfile { Dies = TimeSpan.FromSeconds(random.NextDouble() * 30) },
            1 or 2 => new HostProfile { Down = 0.1 },
            3 or 4 => new HostProfile { FlapsEvery = TimeSpan.FromSeconds(3) },
            _ => HostProfile.Fair,
        });
    }

    /// <summary>What an input allocates on the average: unlike its time, that is the same on every machine.</summary>
    private static double MemoryPerInput(int hosts)
    {
        long inputs = 0, allocated = 0;
        var coordinator = new SyncCoordinator(Plan(TopologyKind.Chain, hosts));
        var simulation = new SyncSimulation(Plan(TopologyKind.Chain, hosts), Imagine(1) with { Bytes = 8 << 20 })
        {
            Watch = (input, _, now) =>
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                coordinator.Handle(input, now);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                inputs++;
            },
        };
        simulation.Run();
        return (double)allocated / inputs;
    }
}
