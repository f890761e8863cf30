using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Pushing;

public sealed class LosingSources
{
    private static readonly Failure Lost = new(FailureKind.ConnectionLost, "connection reset");

    [Fact]
    public void Source_without_the_command_is_retired()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-4]").Start();
        push.Fail(FailureKind.CommandNotFound, "t1");
        push.Emitted<SourceSetAside>().Single().Should().Match<SourceSetAside>(e => e.Source.Value == "z1" && e.Comeback == null);
        push.Issued<PushCommand.CloseSource>().Single().Source.Value.Should().Be("z1");
    }

    [Fact]
    public void Fault_of_a_source_is_not_counted_against_its_target()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-4]", r: 0).Start();
        push.Fail(FailureKind.CommandNotFound, "t1");
        push.Emitted<TransferFailed>().Single().Should().Match<TransferFailed>(e => !e.Counted && e.RetryAt == e.Time);
        push.SucceedAll();
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 4 && e.Failed == 0);
    }

    [Fact]
    public void Run_ends_when_its_last_source_is_retired()
    {
        var push = new HandDrivenPush("z1", "t[1-3]", r: 5).Start();
        push.Fail(FailureKind.CommandNotFound, "t1");
        push.Emitted<SourcesExhausted>().Should().ContainSingle().Which.Remaining.Should().Be(2);
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 0 && e.Failed == 1 && e.NotTried == 2);
    }

    [Fact]
    public void Transfers_of_a_retired_source_may_end_by_themselves()
    {
        var push = new HandDrivenPush("z1", "t[1-4]", m: 2).Start();
        push.Fail(FailureKind.CommandNotFound, "t1");
        push.IsFinished.Should().BeFalse();
        push.Succeed("t2");
        push.Running.Should().Equal("t2>t1", "t2>t3");
    }

    [Fact]
    public void Source_whose_connection_is_lost_rests_and_comes_back()
    {
        var push = new HandDrivenPush("z1", "t[1-3]").Start();
        push.Fail(FailureKind.ConnectionLost, "t1");
        push.Emitted<SourceSetAside>().Single().Should().Match<SourceSetAside>(e => e.Comeback == e.Time.AddSeconds(2));
        push.Running.Should().BeEmpty();
        push.Pass(2);
        push.Emitted<SourceRestored>().Single().Source.Value.Should().Be("z1");
        push.Running.Should().Equal("z1>t1");
    }

    [Fact]
    public void Third_loss_in_a_row_retires_a_source()
    {
        var push = new HandDrivenPush("z1", "t1").Start();
        for (int i = 0; i < 3; i++)
        {
            push.Fail(FailureKind.ConnectionLost, "t1");
            push.Pass(60);
        }

        push.Emitted<SourceSetAside>().Select(e => (e.Comeback - e.Time)?.TotalSeconds).Should().Equal(2, 4, null);
        push.Emitted<SourcesExhausted>().Should().ContainSingle();
    }

    [Fact]
    public void Success_between_losses_starts_their_count_anew()
    {
        var push = new HandDrivenPush("z1", "t[1-4]").Start();
        foreach (string target in new[] { "t1", "t1", "ok", "t2", "t2" })
        {
            if (target == "ok") push.Succeed("t1");
            else push.Give(new PushInput.SourceLost(new HostName("z1"), Lost));
            push.Pass(10);
        }

        push.Emitted<SourceSetAside>().Should().NotBeEmpty().And.OnlyContain(e => e.Comeback != null);
    }

    [Fact]
    public void Several_transfers_lost_with_one_connection_are_one_loss()
    {
        var push = new HandDrivenPush("z1", "t[1-4]", m: 4).Start();
        push.Fail(FailureKind.ConnectionLost, "t1", "t2", "t3", "t4");
        push.Emitted<SourceSetAside>().Should().ContainSingle();
        push.Pass(2);
        push.SucceedAll();
        push.End.Succeeded.Should().Be(4);
    }

    [Fact]
    public void Unreachable_source_leaves_its_targets_to_others()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-6]", r: 0) { Unreachable = ["z1"] }.Start();
        push.SucceedAll();
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 6 && e.Failed == 0);
        push.Emitted<TransferFailed>().Should().BeEmpty();
        push.Emitted<SourceSetAside>().Single().Source.Value.Should().Be("z1");
    }

    [Fact]
    public void Run_whose_sources_are_all_unreachable_tries_no_target()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-6]", r: 3) { Unreachable = ["z1", "z2"] }.Start();
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 0 && e.Failed == 0 && e.NotTried == 6);
        push.Emitted<SourcesExhausted>().Single().Remaining.Should().Be(6);
    }

    [Fact]
    public void Served_target_that_is_unreachable_as_a_source_has_still_succeeded()
    {
        var push = new HandDrivenPush("z1", "t[1-6]") { Unreachable = ["t1", "t2", "t3"] }.Start();
        push.SucceedAll();
        push.End.Succeeded.Should().Be(6);
    }

    [Fact]
    public void Source_that_loses_its_connection_while_idle_is_connected_to_again()
    {
        var push = new HandDrivenPush("z1", "t1", r: 1).Start();
        push.Fail("t1");
        push.Give(new PushInput.SourceLost(new HostName("z1"), Lost));
        push.Pass(2);
        push.Issued<PushCommand.OpenSource>().Should().HaveCount(2);
        push.Running.Should().Equal("z1>t1");
    }
}
