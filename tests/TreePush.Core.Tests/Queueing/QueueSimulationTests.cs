using TreePush.Core.Queueing;
using TreePush.Core.Queueing.Simulation;

namespace TreePush.Core.Tests.Queueing;

/// <summary>Fleets of agents in simulated time. The simulation itself throws where a host is served twice, or finishes what is no longer its own.</summary>
public sealed class QueueSimulationTests
{
    private static readonly QueueScenario Hard = new() { Deaths = 0.05, Pauses = 0.05, Failures = 0.05, Late = 0.1 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Ten_thousand_agents_finish_though_some_die_are_halted_or_come_late(int seed)
    {
        var result = Run(Hard with { Agents = 10_000, Seed = seed });
        result.Died.Should().HaveCountGreaterThan(500);
        result.Stale.Should().BeGreaterThan(300, "so many came back after their lease was over");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_live_agent_finishes_and_no_slot_stays_taken(int seed)
    {
        var random = new Random(seed);
        Run(Hard with { Agents = random.Next(1, 300), Slots = random.Next(1, 6), Zones = random.Next(1, 9), Deaths = random.NextDouble() / 3, Pauses = random.NextDouble() / 3, MaxAttempts = 100, Seed = seed });
    }

    [Fact]
    public void Equal_seeds_give_equal_runs() => Run(Hard).Should().BeEquivalentTo(Run(Hard), o => o.WithStrictOrdering());

    [Fact]
    public void Hosts_with_the_file_grow_by_as_much_as_there_are_slots_in_every_round()
    {
        var even = Run(new QueueScenario { Agents = 6560, Slots = 2, Zones = 1 });
        even.Took.Should().BeLessThan(TimeSpan.FromSeconds(8 * 60), "3^8 hosts have the file after eight rounds of at most a minute");
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 100)];

    private static QueueResult Run(QueueScenario scenario)
    {
        var result = new QueueSimulation(scenario).Run();
        result.View.Hosts.Where(h => h.Progress != HostProgress.Finished).Select(h => h.Name).Should().BeSubsetOf(result.Died);
        result.View.Hosts.Should().HaveCount(scenario.Agents + 1).And.OnlyContain(h => h.Serving == 0);
        result.Waiters.Should().BeEmpty();
        return result;
    }
}
