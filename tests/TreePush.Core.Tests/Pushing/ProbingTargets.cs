using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Pushing;

/// <summary>What the probe of ssh ports means for the order of a push, and for whose fault a failure is.</summary>
public sealed class ProbingTargets
{
    [Fact]
    public void Targets_that_answer_come_first_then_those_unknown_then_the_silent()
    {
        var push = Push("z1", "t[1-6]", m: 1);
        Probed(push, (PortState.Silent, "t1"), (PortState.Unknown, "t2"), (PortState.Answered, "t6"), (PortState.Answered, "t3"));
        Probed(push, (PortState.Silent, "t4"), (PortState.Unknown, "t5"));
        push.SucceedAll();
        push.Emitted<TransferStarted>().Where(e => e.Source.Value == "z1").Select(e => e.Target.Value).First().Should().Be("t3");
        push.Emitted<TransferStarted>().Select(e => PlaceOf(e.Target)).Should().BeInAscendingOrder();
    }

    [Fact]
    public void All_targets_are_probed_at_the_start_but_those_that_need_no_transfer()
    {
        var push = Push("z1", "t1,z1,t2,local");
        push.Issued<PushCommand.Probe>().Should().ContainSingle().Which.Hosts.Select(h => h.Name.Value).Should().Equal("t1", "t2");
    }

    [Fact]
    public void Target_that_answers_does_not_wait_for_the_others()
    {
        var push = Push("z1", "t[1-3]");
        push.Receiving.Should().BeEmpty();
        push.IsFinished.Should().BeFalse();
        Probed(push, (PortState.Answered, "t2"), (PortState.Unknown, "t3"));
        push.Receiving.Should().Equal("t2");
        Probed(push, (PortState.Silent, "t1"));
        push.Receiving.Should().Equal("t2", "t3", "t1");
    }

    [Theory]
    [InlineData(FailureKind.TargetUnreachable, 255)]
    [InlineData(FailureKind.CommandFailed, 255)]
    [InlineData(FailureKind.TimedOut, null)]
    public void Silent_targets_that_can_not_be_reached_are_tried_once_and_no_source_is_blamed(FailureKind kind, int? status)
    {
        var push = Push("z[1-2]", "t[1-6]", m: 3);
        Probed(push, [.. Enumerable.Range(1, 6).Select(n => (PortState.Silent, $"t{n}"))]);
        push.Fail(new Failure(kind, "it failed", null, status), "t1", "t2", "t3", "t4", "t5", "t6");
        push.Emitted<SourceSetAside>().Should().BeEmpty();
        push.Emitted<TransferStarted>().Should().HaveCount(6);
        push.Emitted<TransferFailed>().Should().NotBeEmpty().And.OnlyContain(e => e.Counted);
        push.End.Failed.Should().Be(6);
    }

    [Fact]
    public void Source_that_can_not_reach_targets_that_answer_is_set_aside()
    {
        var push = Push("z[1-2]", "t[1-6]", m: 3);
        Probed(push, [.. Enumerable.Range(1, 6).Select(n => (PortState.Answered, $"t{n}"))]);
        push.Fail(FailureKind.TargetUnreachable, "t1", "t2", "t3");
        push.Emitted<SourceSetAside>().Should().ContainSingle().Which.Source.Value.Should().Be("z1");
        push.SucceedAll();
        push.End.Succeeded.Should().Be(6);
    }

    [Fact]
    public void Where_a_silent_target_was_served_the_probe_says_nothing_against_the_others()
    {
        var push = Push("z[1-2]", "t[1-6]", m: 3);
        Probed(push, [.. Enumerable.Range(1, 6).Select(n => (PortState.Silent, $"t{n}"))]);
        push.Succeed("t4");
        push.Fail(FailureKind.TargetUnreachable, "t1", "t2", "t3");
        push.Emitted<SourceSetAside>().Should().ContainSingle().Which.Source.Value.Should().Be("z1");
        push.SucceedAll();
        push.End.Succeeded.Should().Be(6);
    }

    [Fact]
    public void Without_a_probe_a_source_that_has_served_others_is_not_blamed_for_targets_it_can_not_reach()
    {
        var push = new HandDrivenPush("z1", "t[1-5]", m: 5).Start();
        push.Succeed("t1");
        push.Fail(FailureKind.TargetUnreachable, "t2", "t3", "t4", "t5");
        push.Emitted<SourceSetAside>().Should().BeEmpty();
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 1 && e.Failed == 4);
    }

    [Fact]
    public void Log_that_can_not_be_written_is_no_sources_fault()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-6]", m: 3).Start();
        push.Fail(FailureKind.LogNotWritable, "t1", "t2", "t3");
        push.Emitted<SourceSetAside>().Should().BeEmpty();
    }

    [Fact]
    public void Run_that_is_stopped_does_not_wait_for_its_probe()
    {
        var push = Push("z1", "t[1-3]");
        push.Give(new PushInput.Stop(Kill: false));
        push.End.NotTried.Should().Be(3);
    }

    [Fact]
    public void Run_that_is_paused_goes_on_with_what_was_probed_meanwhile()
    {
        var push = Push("z1", "t[1-2]");
        push.Give(new PushInput.Pause());
        Probed(push, (PortState.Silent, "t1"), (PortState.Answered, "t2"));
        push.Receiving.Should().BeEmpty();
        push.Give(new PushInput.Continue());
        push.SucceedAll();
        push.End.Succeeded.Should().Be(2);
    }

    private static HandDrivenPush Push(string sources, string targets, int m = 4) =>
        new HandDrivenPush(new PushPlan(Fleet.Hosts(sources), Fleet.Hosts(targets), new PushPolicy { Slots = m, Probe = true })).Start();

    private static void Probed(HandDrivenPush push, params (PortState Port, string Host)[] hosts) =>
        push.Give(new PushInput.Probed([.. hosts.Select(h => new ProbedHost(new HostName(h.Host), h.Port))]));

    private static int PlaceOf(HostName target) => target.Value switch
    {
        "t3" or "t6" => 1,
        "t2" or "t5" => 2,
        _ => 3,
    };
}
