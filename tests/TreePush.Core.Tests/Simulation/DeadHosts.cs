using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Tests.Pushing;

namespace TreePush.Core.Tests.Simulation;

/// <summary>Hosts that are down, among many that are not.</summary>
public sealed class DeadHosts
{
    private static readonly SimulatedNetwork Network = new() { Bytes = 1e8 };

    [Fact]
    public void Three_thousand_dead_of_ten_thousand_hold_up_nobody()
    {
        var (served, dead) = Run(10_000, Network with { DeadTargets = 0.3 });
        var (alone, _) = Run(served.Count, Network);
        dead.Should().BeInRange(2500, 3500);
        served[^1].Should().BeLessThan(1.5 * alone[^1]);
    }

    [Fact]
    public void Three_live_of_three_hundred_are_served_as_if_they_were_alone()
    {
        var (served, _) = Run(303, Network with { DeadTargets = 0.98, Seed = 2 });
        var (alone, _) = Run(served.Count, Network);
        served.Count.Should().BeInRange(2, 12);
        served[^1].Should().BeLessThan(1.5 * alone[^1]);
    }

    /// <summary>The times at which targets were served, and how many were given up, each after one attempt and at no source's cost.</summary>
    private static (List<TimeSpan> Served, int Dead) Run(int targets, SimulatedNetwork network)
    {
        var served = new List<TimeSpan>();
        var plan = new PushPlan(Fleet.Hosts("local"), Fleet.Hosts("10.0.[0-99].[1-100]").Take(targets).ToList(), new PushPolicy { Probe = true });
        var result = new PushSimulation(plan, network)
        {
            Watch = (_, step, now) =>
            {
                served.AddRange(step.Events.OfType<TransferSucceeded>().Select(_ => now - DateTimeOffset.UnixEpoch));
                step.Events.Should().NotContain(e => e is SourceSetAside || e is TransferStarted && ((TransferStarted)e).Attempt > 1);
            },
        }.Run();
        return (served, result.Failed);
    }
}
