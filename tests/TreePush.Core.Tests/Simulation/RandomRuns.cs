using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Simulation;

/// <summary>What holds in every run, whatever goes wrong in it: the rules are the <see cref="InvariantChecker"/>'s.</summary>
public sealed class RandomRuns
{
    [Fact]
    public void Every_run_keeps_the_rules_and_ends()
    {
        for (int seed = 1; seed <= 400; seed++) Scenario.Of(seed).Run();
    }

    [Fact]
    public void Random_runs_meet_everything_that_can_happen_in_a_push()
    {
        var met = Enumerable.Range(1, 200).SelectMany(seed => Scenario.Of(seed).Run().InvariantChecker.Events).Select(e => e.GetType()).ToHashSet();
        met.Should().BeEquivalentTo(typeof(RunEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RunEvent)) && (t.Namespace == typeof(RunEvent).Namespace || t.Namespace == typeof(TransferStarted).Namespace)));
    }

    [Fact]
    public void Without_faults_every_target_succeeds()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            var scenario = Scenario.Of(seed, faults: false, user: false);
            var (result, _) = scenario.Run();
            result.Succeeded.Should().Be(scenario.Plan.Targets.Count, "seed {0}", seed);
        }
    }

    [Fact]
    public void Without_faults_no_pause_and_no_reconnecting_keeps_a_target_from_success()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            var scenario = Scenario.Of(seed, faults: false);
            if (scenario.IsStopped) continue;
            scenario.Run().Result.Succeeded.Should().Be(scenario.Plan.Targets.Count, "seed {0}", seed);
        }
    }

    [Fact]
    public void Bad_sources_alone_fail_no_target_that_can_be_retried_elsewhere()
    {
        for (int seed = 1; seed <= 150; seed++)
        {
            var scenario = Scenario.Of(seed, faults: false, user: false);
            scenario = scenario with
            {
                Network = scenario.Network with { BadSources = 0.2 },
                Plan = scenario.Plan with { Policy = scenario.Plan.Policy with { Retries = 8 } },
            };
            scenario.Run().Result.Failed.Should().Be(0, "seed {0}", seed);
        }
    }

    [Fact]
    public void Equal_seeds_give_equal_runs()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            var (one, other) = (Scenario.Of(seed).Run().InvariantChecker.Events, Scenario.Of(seed).Run().InvariantChecker.Events);
            one.SequenceEqual(other).Should().BeTrue("seed {0}", seed);
        }
    }
}
