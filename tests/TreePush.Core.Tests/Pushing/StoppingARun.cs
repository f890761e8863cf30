using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Pushing;

public sealed class StoppingARun
{
    [Fact]
    public void Soft_stop_lets_running_transfers_end()
    {
        var push = new HandDrivenPush("z1", "t[1-5]", m: 2).Start();
        push.Give(new PushInput.Stop(Kill: false));
        push.Issued<PushCommand.KillTransfer>().Should().BeEmpty();
        push.Succeed("t1");
        push.IsFinished.Should().BeFalse();
        push.Succeed("t2");
        push.End.Should().Match<RunFinished>(e => e.Interrupted && e.Succeeded == 2 && e.NotTried == 3);
    }

    [Fact]
    public void Soft_stop_that_cuts_nothing_off_is_no_interruption()
    {
        var push = new HandDrivenPush("z1", "t[1-2]", m: 2).Start();
        push.Give(new PushInput.Stop(Kill: false));
        push.Succeed("t1");
        push.Succeed("t2");
        push.End.Should().Match<RunFinished>(e => !e.Interrupted && e.Succeeded == 2);
    }

    [Fact]
    public void Hard_stop_ends_running_transfers()
    {
        var push = new HandDrivenPush("z1", "t[1-5]", m: 2).Start();
        push.Give(new PushInput.Stop(Kill: true));
        push.Issued<PushCommand.KillTransfer>().Select(c => c.Transfer).Should().Equal(1, 2);
        push.Fail(FailureKind.Interrupted, "t1", "t2");
        push.End.Should().Match<RunFinished>(e => e.Interrupted && e.Failed == 2 && e.NotTried == 3);
    }

    [Fact]
    public void Hard_stop_follows_a_soft_one()
    {
        var push = new HandDrivenPush("z1", "t[1-5]", m: 2).Start();
        push.Give(new PushInput.Stop(Kill: false));
        push.Give(new PushInput.Stop(Kill: true));
        push.Emitted<RunStopping>().Select(e => e.Kill).Should().Equal(false, true);
        push.Issued<PushCommand.KillTransfer>().Should().HaveCount(2);
    }

    [Fact]
    public void Target_returned_before_a_hard_stop_is_not_tried_again()
    {
        var push = new HandDrivenPush("z[1-2]", "t1").Start();
        push.Give(new PushInput.Reconnect(OnlySlow: false));
        push.Give(new PushInput.Stop(Kill: true));
        push.Fail(FailureKind.Interrupted, "t1");
        push.Emitted<TransferFailed>().Single().RetryAt.Should().BeNull();
        push.End.Failed.Should().Be(1);
    }

    [Fact]
    public void Transfer_that_fails_after_a_stop_is_not_tried_again()
    {
        var push = new HandDrivenPush("z1", "t1", r: 5).Start();
        push.Give(new PushInput.Stop(Kill: false));
        push.Fail("t1");
        push.Emitted<TargetFailed>().Should().ContainSingle();
        push.End.Should().Match<RunFinished>(e => e.Failed == 1 && e.NotTried == 0);
    }

    [Fact]
    public void Target_that_waited_for_its_retry_when_the_run_was_stopped_has_failed()
    {
        var push = new HandDrivenPush("z1", "t1", r: 5).Start();
        push.Fail("t1");
        push.Give(new PushInput.Stop(Kill: false));
        push.End.Should().Match<RunFinished>(e => e.Failed == 1 && e.NotTried == 0);
    }

    [Fact]
    public void Paused_run_can_be_stopped()
    {
        var push = new HandDrivenPush("z1", "t[1-2]").Start();
        push.Give(new PushInput.Pause());
        push.Succeed("t1");
        push.Give(new PushInput.Stop(Kill: false));
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 1 && e.NotTried == 1);
    }

    [Fact]
    public void Inputs_after_the_end_lead_to_nothing()
    {
        var push = new HandDrivenPush("z1", "t1").Start();
        push.SucceedAll();
        int told = push.Events.Count;
        push.Give(new PushInput.Woken());
        push.Give(new PushInput.TransferEnded(1, null));
        push.Give(new PushInput.Stop(Kill: true));
        push.Events.Should().HaveCount(told);
        push.IsFinished.Should().BeTrue();
    }
}
