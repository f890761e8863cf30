using TreePush.Core.Broadcasting;
using TreePush.Core.Broadcasting.Simulation;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Tests.Pushing;

namespace TreePush.Core.Tests.Broadcasting;

public sealed class LargeBroadcasts
{
    private const int Hosts = 10_000;

    [Theory]
    [InlineData(1, TopologyKind.Chain)]
    [InlineData(2, TopologyKind.Auto)]
    public void Ten_thousand_hosts_of_which_some_die_some_are_slow_and_some_flap(int seed, TopologyKind kind)
    {
        var fortunes = Fortunes(seed);
        var fleet = Imagine(seed) with { Fortunes = host => fortunes.GetValueOrDefault(host.Name, Fortune.Fair) };
        var run = Broadcast.Of(Plan(kind), fleet, looksForCycles: false);

        var slow = fortunes.Where(f => f.Value.Down < 1).Select(f => f.Key.Value).ToArray();
        var dead = fortunes.Where(f => f.Value.Dies is not null).Select(f => f.Key);
        run.Told<TargetFailed>().Select(f => f.Target).Should().BeSubsetOf(dead);
        run.TimeOfAllBut(slow).Should().BeLessThan(1.5 * fleet.ChainTime(Hosts).TotalSeconds);
    }

    [Fact]
    public void Ten_thousand_hosts_that_are_alike_are_served_in_the_time_of_the_formula()
    {
        var fleet = Imagine(3);
        var run = Broadcast.Of(Plan(TopologyKind.Chain), fleet, looksForCycles: false);
        run.Result.Should().Match<BroadcastResult>(r => r.Succeeded == Hosts && r.Links == Hosts);
        run.Result.Duration.Should().BeLessThan(1.02 * fleet.ChainTime(Hosts));
        run.MovedBack.Should().BeEmpty();
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

    private static BroadcastPlan Plan(TopologyKind kind, int hosts = Hosts) => new(
        Fleet.Hosts("10.200.0.1"), Fleet.Hosts("10.0.[0-99].[1-100]").Take(hosts).ToList(),
        new BroadcastPolicy { MaxOpening = 256, ReportEvery = TimeSpan.FromSeconds(2), Topology = new Topology(kind) });

    /// <summary>1 % die within the first half minute, 2 % receive at a tenth, 2 % lose their link every few seconds.</summary>
    private static Dictionary<HostName, Fortune> Fortunes(int seed)
    {
        var random = new Random(seed);
        return Plan(TopologyKind.Chain).Targets.ToDictionary(t => t.Name, _ => random.Next(100) switch
        {
            0 => new Fortune { Dies = TimeSpan.FromSeconds(random.NextDouble() * 30) },
            1 or 2 => new Fortune { Down = 0.1 },
            3 or 4 => new Fortune { FlapsEvery = TimeSpan.FromSeconds(3) },
            _ => Fortune.Fair,
        });
    }

    /// <summary>What an input allocates on the average: unlike its time, that is the same on every machine.</summary>
    private static double MemoryPerInput(int hosts)
    {
        long inputs = 0, allocated = 0;
        var coordinator = new BroadcastCoordinator(Plan(TopologyKind.Chain, hosts));
        var simulation = new BroadcastSimulation(Plan(TopologyKind.Chain, hosts), Imagine(1) with { Bytes = 8 << 20 })
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
