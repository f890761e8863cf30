using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Tests.Pushing;

namespace TreePush.Core.Tests.Simulation;

public sealed class GrowthInRounds
{
    /// <summary>Every transfer takes the same time, and connections take none.</summary>
    private static readonly SimulatedNetwork Even = new() { Opening = TimeSpan.Zero };

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(11)]
    public void Hosts_with_the_files_double_in_every_round(int rounds)
    {
        var result = Push($"t[1-{(1 << rounds) - 1}]", m: 1);
        result.Rounds.Should().HaveCount(rounds);
        // Depth d of a binomial tree has "rounds choose d" hosts.
        result.Rounds.Select(r => r.Served).Should().Equal(Enumerable.Range(1, rounds).Select(d => Choose(rounds, d)));
    }

    [Fact]
    public void One_target_more_takes_one_round_more()
    {
        var (full, one) = (Push("t[1-63]", m: 1), Push("t[1-64]", m: 1));
        one.Duration.Should().BeCloseTo(full.Duration * 7 / 6, precision: TimeSpan.FromSeconds(0.1));
    }

    [Fact]
    public void Every_target_costs_one_transfer() => Push("t[1-500]", m: 4).Transfers.Should().Be(500);

    [Fact]
    public void More_first_sources_save_rounds()
    {
        var (one, four) = (Push("t[1-124]", m: 1), Push("t[1-124]", m: 1, sources: "s[1-4]"));
        four.Duration.Should().BeLessThan(one.Duration - TimeSpan.FromSeconds(15));
    }

    private static SimulationResult Push(string targets, int m, string sources = "s1") =>
        new PushSimulation(new PushPlan(Fleet.Hosts(sources), Fleet.Hosts(targets), new PushPolicy { Slots = m, MaxOpening = 10_000 }), Even).Run();

    private static int Choose(int n, int k) => k == 0 ? 1 : Choose(n - 1, k - 1) * n / k;
}
