using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Pushing;

public sealed class PausingAndReconnecting
{
    [Fact]
    public void Paused_run_starts_nothing()
    {
        var push = new HandDrivenPush("z1", "t[1-4]").Start();
        push.Give(new PushInput.Pause());
        push.Succeed("t1");
        push.Running.Should().BeEmpty();
        push.IsFinished.Should().BeFalse();
    }

    [Fact]
    public void Continued_run_goes_on_where_it_was()
    {
        var push = new HandDrivenPush("z1", "t[1-4]").Start();
        push.Give(new PushInput.Pause());
        push.Succeed("t1");
        push.Give(new PushInput.Continue());
        push.Running.Should().BeEquivalentTo("z1>t2", "t1>t3");
    }

    [Fact]
    public void Retry_that_falls_due_in_a_pause_waits_for_its_end()
    {
        var push = new HandDrivenPush("z1", "t1", r: 1).Start();
        push.Fail("t1");
        push.Give(new PushInput.Pause());
        push.Pass(60);
        push.Running.Should().BeEmpty();
        push.Give(new PushInput.Continue());
        push.Running.Should().Equal("z1>t1");
    }

    [Fact]
    public void Pausing_twice_is_told_once()
    {
        var push = new HandDrivenPush("z1", "t1").Start();
        push.Give(new PushInput.Pause());
        push.Give(new PushInput.Pause());
        push.Emitted<RunPaused>().Should().ContainSingle();
    }

    [Fact]
    public void Paused_run_that_has_nothing_left_to_do_ends()
    {
        var push = new HandDrivenPush("z1", "t1").Start();
        push.Give(new PushInput.Pause());
        push.Succeed("t1");
        push.End.Succeeded.Should().Be(1);
    }

    [Fact]
    public void Reconnecting_all_ends_every_transfer_once()
    {
        var push = new HandDrivenPush("z1", "t[1-3]", m: 3).Start();
        push.Give(new PushInput.Reconnect(OnlySlow: false));
        push.Give(new PushInput.Reconnect(OnlySlow: false));
        push.Issued<PushCommand.KillTransfer>().Select(c => c.Transfer).Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Returned_target_goes_back_to_the_queue_uncounted()
    {
        var push = new HandDrivenPush("z1", "t1", r: 0).Start();
        push.Give(new PushInput.Reconnect(OnlySlow: false));
        push.Fail(FailureKind.Interrupted, "t1");
        push.Emitted<TransferFailed>().Single().Counted.Should().BeFalse();
        push.Running.Should().Equal("z1>t1");
        push.SucceedAll();
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 1 && e.Failed == 0 && !e.Interrupted);
    }

    [Fact]
    public void Returned_target_is_tried_from_another_source()
    {
        var push = new HandDrivenPush("z[1-2]", "t1").Start();
        push.Running.Should().Equal("z1>t1");
        push.Give(new PushInput.Reconnect(OnlySlow: false));
        push.Fail(FailureKind.Interrupted, "t1");
        push.Running.Should().Equal("z2>t1");
    }

    [Fact]
    public void Returned_target_that_gets_served_all_the_same_is_served()
    {
        var push = new HandDrivenPush("z1", "t1").Start();
        push.Give(new PushInput.Reconnect(OnlySlow: false));
        push.Succeed("t1");
        push.End.Succeeded.Should().Be(1);
    }

    [Fact]
    public void Reconnecting_the_slow_leaves_the_others_alone()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-9]", m: 1).Start();
        push.Succeed("t2");
        push.Pass(25);
        push.Give(new PushInput.Reconnect(OnlySlow: true));
        push.Issued<PushCommand.KillTransfer>().Select(c => c.Transfer).Should().Equal(1);
    }

    [Fact]
    public void Transfer_between_zones_counts_as_slow()
    {
        var push = new HandDrivenPush("a1/A", "a2/A,b2/B", m: 2).Start();
        push.Running.Should().Equal("a1>b2", "a1>a2");
        push.Give(new PushInput.Reconnect(OnlySlow: true));
        push.Issued<PushCommand.KillTransfer>().Select(c => c.Transfer).Should().Equal(1);
    }

    [Fact]
    public void Nothing_is_slow_before_a_first_transfer_tells_how_long_they_take()
    {
        var push = new HandDrivenPush("z1", "t[1-3]", m: 3).Start();
        push.Pass(100_000);
        push.Give(new PushInput.Reconnect(OnlySlow: true));
        push.Issued<PushCommand.KillTransfer>().Should().BeEmpty();
    }
}
