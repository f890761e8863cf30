using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Tests.Pushing;

namespace TreePush.Core.Tests.Simulation;

public sealed class SlowCrossings
{
    private static readonly SimulatedNetwork Slow = new() { CrossingRate = new SimulatedNetwork().Rate / 20 };

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Slow_lines_between_zones_are_used_for_little_more_than_the_first_copies(int m)
    {
        var (result, invariants) = Push("s1/A", "a[1-100]/A,b[1-100]/B", m, Slow);
        result.Succeeded.Should().Be(200);
        invariants.Started.Count(t => t.CrossesZones).Should().BeLessThanOrEqualTo(6);
    }

    [Fact]
    public void Each_of_many_zones_gets_its_first_copy_over_the_slow_line()
    {
        var (_, invariants) = Push("s1/S", "a[1-20]/A,b[1-20]/B,c[1-20]/C,d[1-20]/D", m: 4, Slow);
        var crossed = invariants.Started.Where(t => t.CrossesZones).ToList();
        crossed.Select(t => t.Target.Placement.Zone).Distinct().Should().HaveCount(4);
        crossed.Should().HaveCountLessThanOrEqualTo(12);
    }

    [Fact]
    public void Second_zone_costs_no_more_than_two_crossings()
    {
        var together = Push("s1/A", "a[1-200]/A", m: 1, Slow).Result.Duration;
        var apart = Push("s1/A", "a[1-100]/A,b[1-100]/B", m: 1, Slow).Result.Duration;
        var crossing = TimeSpan.FromSeconds(Slow.Bytes / Slow.CrossingRate);
        apart.Should().BeLessThan(together + (2 * crossing));
    }

    [Fact]
    public void Zones_that_are_as_near_as_any_help_each_other()
    {
        var apart = Push("s1/A", "a[1-100]/A,b[1-100]/B", m: 1, new SimulatedNetwork()).Result.Duration;
        var together = Push("s1/A", "a[1-200]/A", m: 1, new SimulatedNetwork()).Result.Duration;
        apart.Should().BeLessThan(together * 1.3);
    }

    private static (SimulationResult Result, InvariantChecker InvariantChecker) Push(string sources, string targets, int m, SimulatedNetwork network) =>
        new Scenario(0, new PushPlan(Fleet.Hosts(sources), Fleet.Hosts(targets), new PushPolicy { Slots = m }), network, []).Run();
}
