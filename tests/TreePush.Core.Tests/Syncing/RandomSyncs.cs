using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Syncing;

/// <summary>Syncs of all kinds from seeds, each step of each under the eyes of a invariants.</summary>
public sealed class RandomSyncs
{
    [Fact]
    public void Any_sync_without_faults_reaches_everybody_and_moves_nobody()
    {
        foreach (int seed in Enumerable.Range(1, 100))
        {
            var scenario = SyncScenario.Of(seed, faults: false);
            var run = scenario.Run();
            run.Result.Succeeded.Should().Be(scenario.Plan.Targets.Count, "seed {0} has no faults", seed);
            run.Demoted.Should().BeEmpty("in seed {0} all hosts are alike", seed);
        }
    }

    [Fact]
    public void Any_sync_with_faults_keeps_the_rules_and_reaches_whoever_can_be_reached()
    {
        foreach (int seed in Enumerable.Range(1, 200))
        {
            var scenario = SyncScenario.Of(seed, faults: true);
            var run = scenario.Run();
            if (scenario.LosesSources) continue;
            var failed = run.Emitted<TargetFailed>().Where(f => !scenario.IsDoomed(f.Target)).Select(f => f.ToString());
            failed.Should().BeEmpty("in seed {0} nothing befalls these", seed);
        }
    }

    [Fact]
    public void Equal_seeds_give_equal_runs()
    {
        var (one, other) = (SyncScenario.Of(7, faults: true).Run(), SyncScenario.Of(7, faults: true).Run());
        one.InvariantChecker.Commands.Should().Equal(other.InvariantChecker.Commands);
    }
}
