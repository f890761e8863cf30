using TreePush.Core.Pushing;

namespace TreePush.Core.Tests.Broadcasting;

/// <summary>Broadcasts of all kinds from seeds, each step of each under the eyes of a referee.</summary>
public sealed class RandomBroadcasts
{
    [Fact]
    public void Any_broadcast_without_faults_reaches_everybody_and_moves_nobody()
    {
        foreach (int seed in Enumerable.Range(1, 100))
        {
            var scenario = BroadcastScenario.Of(seed, faults: false);
            var run = scenario.Run();
            run.Result.Succeeded.Should().Be(scenario.Plan.Targets.Count, "seed {0} has no faults", seed);
            run.MovedBack.Should().BeEmpty("in seed {0} all hosts are alike", seed);
        }
    }

    [Fact]
    public void Any_broadcast_with_faults_keeps_the_rules_and_reaches_whoever_can_be_reached()
    {
        foreach (int seed in Enumerable.Range(1, 200))
        {
            var scenario = BroadcastScenario.Of(seed, faults: true);
            var run = scenario.Run();
            if (scenario.LosesSources) continue;
            var failed = run.Told<TargetFailed>().Where(f => !scenario.IsDoomed(f.Target)).Select(f => f.ToString());
            failed.Should().BeEmpty("in seed {0} nothing befalls these", seed);
        }
    }

    [Fact]
    public void Equal_seeds_give_equal_runs()
    {
        var (one, other) = (BroadcastScenario.Of(7, faults: true).Run(), BroadcastScenario.Of(7, faults: true).Run());
        one.Referee.Commands.Should().Equal(other.Referee.Commands);
    }
}
