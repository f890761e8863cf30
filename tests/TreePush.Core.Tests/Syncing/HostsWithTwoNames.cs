using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Syncing.Simulation;

namespace TreePush.Core.Tests.Syncing;

public sealed class HostsWithTwoNames
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    [Fact]
    public void Second_name_ends_as_the_first_does()
    {
        var run = Run([], Duplicate("t2", "t1"), Duplicate("t3", "t2"));
        run.Result.Succeeded.Should().Be(8);
        foreach (string name in (string[])["t2", "t3"])
        {
            run.Emitted<HostExcluded>().Should().Contain(e => e.Host.Value == name && e.Reason.Contains("same host and path as t1"));
            run.Emitted<TargetServed>().Single(e => e.Target.Value == name).Receipt!.Received.Should().Be(0);
        }
    }

    [Fact]
    public void First_that_fails_fails_both()
    {
        var run = Run([("t1", new HostProfile { Fails = TimeSpan.FromSeconds(3) })], Duplicate("t2", "t1"));
        run.Result.Should().Match<SyncResult>(r => r.Succeeded == 6 && r.Failed == 2);
        run.Emitted<TargetFailed>().Single(e => e.Target.Value == "t2").Failure.Should()
            .Match<Failure>(f => f.Kind == FailureKind.TargetDiskFull && f.Message.StartsWith("it is the same host and path as t1: "));
    }

    [Fact]
    public void Source_under_a_second_name_is_skipped()
    {
        var run = Run([], Duplicate("t2", "z1"));
        run.Result.Succeeded.Should().Be(8);
        run.Emitted<TargetSkipped>().Single().Target.Value.Should().Be("t2");
    }

    [Fact]
    public void Hosts_that_name_each_other_do_not_hold_up_the_run()
    {
        var run = Run([], Duplicate("t2", "t1"), Duplicate("t1", "t2"), Duplicate("t3", "t3"));
        run.Result.Succeeded.Should().Be(8);
    }

    private static (TimeSpan, SyncInput) Duplicate(string host, string of) => (Soon, new SyncInput.Duplicate(new HostName(host), new HostName(of)));

    private static SimulatedSync Run((string, HostProfile)[] profiles, params (TimeSpan, SyncInput)[] script)
    {
        var plan = new SyncPlan([new Host("z1")], [.. Enumerable.Range(1, 8).Select(i => new Host($"t{i}"))], new SyncPolicy());
        return SimulatedSync.Of(plan, new SimulatedFleet { Profiles = SimulatedSync.Only(profiles) }, script: script);
    }
}
