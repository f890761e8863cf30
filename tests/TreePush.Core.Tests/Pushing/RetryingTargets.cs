using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Pushing;

public sealed class RetryingTargets
{
    [Fact]
    public void Without_retries_a_failed_target_is_given_up_at_once()
    {
        var push = new HandDrivenPush("z1", "t1", r: 0).Start();
        push.Fail("t1");
        push.Emitted<TransferFailed>().Single().Should().Match<TransferFailed>(e => e.Counted && e.RetryAt == null);
        push.Emitted<TargetFailed>().Single().Should().Match<TargetFailed>(e => e.Target.Value == "t1" && e.Source == new HostName("z1") && e.Attempts == 1);
        push.End.Failed.Should().Be(1);
    }

    [Fact]
    public void Failed_target_is_tried_again_from_another_source()
    {
        var push = new HandDrivenPush("z[1-2]", "t1", r: 1).Start();
        push.Running.Should().Equal("z1>t1");
        push.Fail("t1");
        push.Pass(1);
        push.Running.Should().Equal("z2>t1");
    }

    [Fact]
    public void Failed_target_waits_for_another_source_that_is_busy()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-2]", r: 1).Start();
        push.Fail("t1");
        push.Pass(5);
        push.Running.Should().Equal("z2>t2");
        push.Succeed("t2");
        push.Running.Should().ContainSingle().Which.Should().NotBe("z1>t1").And.EndWith(">t1");
    }

    [Fact]
    public void Failed_target_is_tried_from_the_same_source_where_there_is_no_other()
    {
        var push = new HandDrivenPush("z1", "t1", r: 1).Start();
        push.Fail("t1");
        push.Pass(1);
        push.Running.Should().Equal("z1>t1");
    }

    [Fact]
    public void Retry_waits_and_asks_to_be_woken()
    {
        var push = new HandDrivenPush("z1", "t1", r: 1).Start();
        push.Fail("t1");
        push.Running.Should().BeEmpty();
        push.WakesAt.Should().Be(1);
        push.Pass(0.9);
        push.Running.Should().BeEmpty();
        push.Pass(0.1);
        push.Running.Should().Equal("z1>t1");
    }

    [Fact]
    public void Pauses_between_retries_double_up_to_a_limit()
    {
        var policy = new PushPolicy { Retries = 5, RetryDelay = TimeSpan.FromSeconds(2), LongestRetryDelay = TimeSpan.FromSeconds(10) };
        var push = new HandDrivenPush(new PushPlan(Fleet.Hosts("z1"), Fleet.Hosts("t1"), policy)).Start();
        for (int i = 0; i <= 5; i++)
        {
            push.Fail("t1");
            push.Pass(10);
        }

        push.Emitted<TransferFailed>().Select(e => (e.RetryAt - e.Time)?.TotalSeconds).Should().Equal(2, 4, 8, 10, 10, null);
    }

    [Fact]
    public void Target_is_tried_again_as_often_as_was_asked_for()
    {
        var push = new HandDrivenPush("z1", "t1", r: 3).Start();
        while (!push.IsFinished)
        {
            push.Fail("t1");
            push.Pass(30);
        }

        push.Emitted<TransferStarted>().Select(e => e.Attempt).Should().Equal(1, 2, 3, 4);
        push.End.Failed.Should().Be(1);
    }

    [Fact]
    public void Others_are_served_while_a_target_waits_for_its_retry()
    {
        var push = new HandDrivenPush("z1", "t[1-2]", r: 1).Start();
        push.Fail("t1");
        push.Running.Should().Equal("z1>t2");
    }

    [Fact]
    public void Retried_target_that_succeeds_has_succeeded()
    {
        var push = new HandDrivenPush("z1", "t1", r: 1).Start();
        push.Fail("t1");
        push.Pass(1);
        push.Succeed("t1");
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 1 && e.Failed == 0);
        push.Emitted<TargetFailed>().Should().BeEmpty();
    }

    [Fact]
    public void Due_retry_goes_before_targets_not_yet_tried()
    {
        var push = new HandDrivenPush("z1", "t[1-9]", r: 1).Start();
        push.Fail("t1");
        push.Pass(2);
        push.Fail("t2");
        push.Running.Should().Equal("z1>t1");
    }

    [Fact]
    public void Wish_to_be_woken_is_uttered_once()
    {
        var push = new HandDrivenPush("z1", "t1", r: 1).Start();
        push.Fail("t1");
        push.Give(new PushInput.Woken());
        push.Give(new PushInput.Woken());
        push.Issued<PushCommand.WakeAt>().Should().ContainSingle();
    }

    [Fact]
    public void One_retry_has_one_source_connected_to()
    {
        var push = new HandDrivenPush("z[1-9]", "t1", r: 1) { OpeningTime = 5 }.Start();
        push.Pass(5);
        push.Fail("t1");
        push.Pass(2);
        push.Give(new PushInput.Woken());
        push.Give(new PushInput.Woken());
        push.Issued<PushCommand.OpenSource>().Should().HaveCount(2);
    }
}
