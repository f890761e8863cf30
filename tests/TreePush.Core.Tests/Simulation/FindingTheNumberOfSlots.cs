using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Tests.Pushing;

namespace TreePush.Core.Tests.Simulation;

/// <summary>What <c>-m auto</c> comes to, beside the numbers that a user could have given.</summary>
public sealed class FindingTheNumberOfSlots
{
    private static readonly SimulatedNetwork LinkBound = new();
    private static readonly SimulatedNetwork StreamBound = LinkBound with { StreamRate = LinkBound.Rate / 6 };

    [Theory]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Where_links_are_the_limit_it_costs_hardly_more_than_the_best_number(int targets)
    {
        var best = new int?[] { 1, 2, 4, 8 }.Min(m => Push(targets, m, LinkBound).Duration);
        Push(targets, null, LinkBound).Duration.Should().BeLessThanOrEqualTo(best * 1.05);
    }

    [Fact]
    public void Where_links_are_the_limit_one_transfer_at_a_time_is_kept() =>
        Push(1000, null, LinkBound).Slots.Should().Be(1);

    [Fact]
    public void Where_streams_are_the_limit_several_at_a_time_are_found()
    {
        var found = Push(1000, null, StreamBound);
        found.Slots.Should().BeInRange(2, 8);
        found.Duration.Should().BeLessThan(Push(1000, 1, StreamBound).Duration * 0.75);
    }

    [Fact]
    public void Changes_are_told()
    {
        var plan = new PushPlan(Fleet.Hosts("s1"), Fleet.Hosts("t[1-1000]"), new PushPolicy { Slots = null });
        var (result, invariants) = new Scenario(0, plan, StreamBound, []).Run();
        invariants.Events.OfType<SlotsChanged>().Last().Slots.Should().Be(result.Slots);
    }

    private static SimulationResult Push(int targets, int? m, SimulatedNetwork network) =>
        new PushSimulation(new PushPlan(Fleet.Hosts("s1"), Fleet.Hosts($"t[1-{targets}]"), new PushPolicy { Slots = m }), network).Run();
}
