using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Tests.Pushing;

namespace TreePush.Core.Tests.Simulation;

public sealed class LargeFleets
{
    private static readonly SimulatedNetwork Troubled = new()
    {
        DeadTargets = 0.02,
        SlowHosts = 0.02,
        BadSources = 0.01,
        UnreachableSources = 0.01,
        Flapping = 0.01,
    };

    [Fact]
    public void Twenty_thousand_hosts_are_served()
    {
        var result = new PushSimulation(Plan(20_000, m: 1), new SimulatedNetwork()).Run();
        result.Should().Match<SimulationResult>(r => r.Succeeded == 20_000 && r.Transfers == 20_000 && r.Rounds.Count < 25);
    }

    [Fact]
    public void Twenty_thousand_hosts_of_which_some_fail_are_all_accounted_for()
    {
        var result = new PushSimulation(Plan(20_000, m: 4), Troubled).Run();
        (result.Succeeded + result.Failed).Should().Be(20_000);
        result.Succeeded.Should().BeGreaterThan(19_000);
    }

    [Fact]
    public void Decisions_cost_hardly_more_in_a_fleet_ten_times_as_large() =>
        MemoryPerStep(20_000).Should().BeLessThan(2 * MemoryPerStep(2_000));

    /// <summary>What a step allocates on the average: unlike its time, that is the same on every machine.</summary>
    private static double MemoryPerStep(int targets)
    {
        long steps = 0;
        var simulation = new PushSimulation(Plan(targets, m: 4), Troubled) { Watch = (_, _, _) => steps++ };
        long before = GC.GetAllocatedBytesForCurrentThread();
        simulation.Run();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / steps;
    }

    private static PushPlan Plan(int targets, int m) =>
        new(Fleet.Hosts("10.200.0.[1-2]"), Fleet.Hosts("10.0.[0-99].[1-200]").Take(targets).ToList(), new PushPolicy { Slots = m, Retries = 2 });
}
