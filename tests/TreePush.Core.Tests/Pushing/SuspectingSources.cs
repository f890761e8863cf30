using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Pushing;

public sealed class SuspectingSources
{
    /// <summary>z1 with t1, t2, t3 and z2 with t4, t5, t6; z1 has failed all of its own.</summary>
    private static HandDrivenPush WithBadSource(string targets = "t[1-6]", int r = 0)
    {
        var push = new HandDrivenPush("z[1-2]", targets, m: 3, r: r).Start();
        push.Running.Should().Equal("z1>t1", "z1>t2", "z1>t3", "z2>t4", "z2>t5", "z2>t6");
        push.Fail("t1", "t2", "t3");
        return push;
    }

    [Fact]
    public void Source_that_fails_three_different_targets_in_a_row_is_set_aside()
    {
        var push = WithBadSource();
        var aside = push.Emitted<SourceSetAside>().Should().ContainSingle().Which;
        aside.Source.Value.Should().Be("z1");
        aside.Comeback.Should().BeNull();
        aside.Failure.Message.Should().Be("it failed 3 different targets in a row, the last with: it failed");
        push.SucceedAll();
        push.Events.SkipWhile(e => e != aside).OfType<TransferStarted>().Should().NotContain(e => e.Source == aside.Source);
    }

    [Fact]
    public void Targets_of_a_source_set_aside_are_served_from_elsewhere_and_not_counted()
    {
        var push = WithBadSource(r: 0);
        push.Emitted<TransferFailed>().Select(e => e.Counted).Should().Equal(true, true, false);
        push.Emitted<TargetRequeued>().Select(e => e.Target.Value).Should().BeEquivalentTo("t1", "t2");
        push.SucceedAll();
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 6 && e.Failed == 0);
    }

    [Fact]
    public void Source_set_aside_is_disconnected()
    {
        var push = WithBadSource();
        push.Issued<PushCommand.CloseSource>().Select(c => c.Source.Value).Should().Equal("z1");
    }

    [Fact]
    public void Source_set_aside_is_disconnected_only_when_its_last_transfer_has_ended()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-8]", m: 4).Start();
        push.Fail("t1", "t2", "t3");
        push.Issued<PushCommand.CloseSource>().Should().BeEmpty();
        push.Fail("t4");
        push.Issued<PushCommand.CloseSource>().Should().ContainSingle();
    }

    [Fact]
    public void Success_in_between_clears_a_source()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-12]", m: 3).Start();
        push.Fail("t1", "t2");
        push.Succeed("t3");
        push.Fail([.. push.Running.Where(t => t.StartsWith("z1>", StringComparison.Ordinal)).Take(2).Select(t => t[3..])]);
        push.Emitted<SourceSetAside>().Should().BeEmpty();
    }

    [Fact]
    public void One_target_that_fails_again_and_again_raises_no_suspicion()
    {
        var push = new HandDrivenPush("z1,z2", "t1", m: 1, r: 9) { Unreachable = ["z2"] }.Start();
        while (!push.IsFinished)
        {
            push.Fail("t1");
            push.Pass(30);
        }

        push.Emitted<SourceSetAside>().Should().NotContain(e => e.Source.Value == "z1");
    }

    [Fact]
    public void Only_source_is_never_set_aside_on_suspicion()
    {
        var push = new HandDrivenPush("z1", "t[1-5]").Start();
        push.Fail("t1", "t2", "t3", "t4");
        push.Emitted<SourceSetAside>().Should().BeEmpty();
        push.Succeed("t5");
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 1 && e.Failed == 4);
    }

    [Fact]
    public void Source_is_restored_when_its_targets_fail_elsewhere_as_well()
    {
        var push = WithBadSource("t[1-20]");
        push.Succeed("t4", "t5", "t6");
        push.Emitted<SourceRestored>().Should().BeEmpty();
        push.Fail("t1", "t2");
        push.Emitted<SourceRestored>().Should().BeEmpty();
        push.Fail("t3");
        push.Emitted<SourceRestored>().Select(e => e.Source.Value).Should().Equal("z1");
        push.Running.Should().Contain(t => t.StartsWith("z1>", StringComparison.Ordinal));
    }

    [Fact]
    public void Source_set_aside_that_then_succeeds_is_restored()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-20]", m: 4).Start();
        push.Fail("t1", "t2", "t3");
        push.Succeed("t4");
        push.Emitted<SourceRestored>().Select(e => e.Source.Value).Should().Equal("z1");
        push.Running.Count(t => t.StartsWith("z1>", StringComparison.Ordinal)).Should().Be(4);
    }

    [Fact]
    public void Source_under_suspicion_is_restored_when_no_other_is_left()
    {
        var push = new HandDrivenPush("z1", "t[1-4]", m: 4) { Unreachable = ["t4"] }.Start();
        push.Succeed("t4");
        push.Fail("t1", "t2", "t3");
        push.Emitted<SourceSetAside>().Select(e => e.Source.Value).Should().Equal("z1", "t4");
        push.Emitted<SourceRestored>().Select(e => e.Source.Value).Should().Equal("z1");
        push.Running.Should().Equal("z1>t1", "z1>t2", "z1>t3");
        push.SucceedAll();
        push.End.Succeeded.Should().Be(4);
    }

    [Fact]
    public void Targets_that_failed_from_several_sources_speak_against_no_further_one()
    {
        // t1, t2 and t3 are dead. They fail from z1, then from z2, then for want of others from z1 again.
        var push = new HandDrivenPush("z[1-2]", "t[1-9]", m: 3) { Unreachable = ["t4", "t5", "t6"] }.Start();
        push.Give(new PushInput.Pause());
        push.Fail("t1", "t2", "t3");
        push.Succeed("t4", "t5", "t6");
        push.Give(new PushInput.Continue());
        push.Running.Should().Equal("z2>t1", "z2>t2", "z2>t3");
        push.Give(new PushInput.Pause());
        push.Fail("t1", "t2", "t3");
        push.Give(new PushInput.Continue());
        push.Running.Should().StartWith(["z1>t1", "z1>t2", "z1>t3"]);
        push.Fail("t1", "t2", "t3");
        push.Emitted<SourceSetAside>().Where(e => e.Failure.Kind == FailureKind.CommandFailed).Select(e => e.Source.Value).Should().Equal("z1", "z2");
        push.Emitted<SourceRestored>().Select(e => e.Source.Value).Should().Equal("z1", "z2");
        push.SucceedAll();
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 6 && e.Failed == 3);
    }

    [Fact]
    public void Failure_that_was_not_counted_costs_the_target_no_retry()
    {
        var push = WithBadSource(r: 1);
        push.Succeed("t4", "t5", "t6");
        for (int i = 0; i < 2; i++)
        {
            push.Pass(60);
            push.Fail("t1");
        }

        push.Emitted<TransferStarted>().Count(e => e.Target.Value == "t1").Should().Be(3);
        push.Emitted<TargetFailed>().Should().ContainSingle();
    }
}
