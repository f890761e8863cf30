using TreePush.Core.Broadcasting;
using TreePush.Core.Broadcasting.Simulation;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Core.Tests.Broadcasting;

public sealed class HostsWithTwoNames
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    [Fact]
    public void Second_name_ends_as_the_first_does()
    {
        var run = Run([], Twin("t2", "t1"), Twin("t3", "t2"));
        run.Result.Succeeded.Should().Be(8);
        foreach (string name in (string[])["t2", "t3"])
        {
            run.Told<HostServesNoMore>().Should().Contain(e => e.Host.Value == name && e.Reason.Contains("same host and path as t1"));
            run.Told<TargetDelivered>().Single(e => e.Target.Value == name).Receipt.Received.Should().Be(0);
        }
    }

    [Fact]
    public void First_that_fails_fails_both()
    {
        var run = Run([("t1", new Fortune { Fails = TimeSpan.FromSeconds(3) })], Twin("t2", "t1"));
        run.Result.Should().Match<BroadcastResult>(r => r.Succeeded == 6 && r.Failed == 2);
        run.Told<TargetFailed>().Single(e => e.Target.Value == "t2").Failure.Should()
            .Match<Failure>(f => f.Kind == FailureKind.TargetDiskFull && f.Message.StartsWith("it is the same host and path as t1: "));
    }

    [Fact]
    public void Source_under_a_second_name_is_skipped()
    {
        var run = Run([], Twin("t2", "z1"));
        run.Result.Succeeded.Should().Be(8);
        run.Told<TargetSkipped>().Single().Target.Value.Should().Be("t2");
    }

    [Fact]
    public void Hosts_that_name_each_other_do_not_hold_up_the_run()
    {
        var run = Run([], Twin("t2", "t1"), Twin("t1", "t2"), Twin("t3", "t3"));
        run.Result.Succeeded.Should().Be(8);
    }

    private static (TimeSpan, BroadcastInput) Twin(string host, string of) => (Soon, new BroadcastInput.Twin(new HostName(host), new HostName(of)));

    private static Broadcast Run((string, Fortune)[] fortunes, params (TimeSpan, BroadcastInput)[] script)
    {
        var plan = new BroadcastPlan([new Host("z1")], [.. Enumerable.Range(1, 8).Select(i => new Host($"t{i}"))], new BroadcastPolicy());
        return Broadcast.Of(plan, new SimulatedFleet { Fortunes = Broadcast.Only(fortunes) }, script: script);
    }
}
