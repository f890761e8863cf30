using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Pushing;

public sealed class GrowingThePool
{
    [Fact]
    public void Finished_target_becomes_a_source()
    {
        var push = new HandDrivenPush("z1", "t[1-3]").Start();
        push.Running.Should().Equal("z1>t1");
        push.Succeed("t1");
        push.Running.Should().BeEquivalentTo("z1>t2", "t1>t3");
    }

    [Fact]
    public void Source_has_no_more_transfers_than_slots()
    {
        var push = new HandDrivenPush("z1", "t[1-9]", m: 3).Start();
        push.Running.Should().Equal("z1>t1", "z1>t2", "z1>t3");
    }

    [Fact]
    public void Ended_transfer_frees_its_slot()
    {
        var push = new HandDrivenPush("z1", "t[1-5]", m: 2).Start();
        push.Fail("t1");
        push.Running.Should().Equal("z1>t2", "z1>t3");
    }

    [Fact]
    public void Every_target_is_served_once()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-40]", m: 2).Start();
        push.SucceedAll();
        push.Emitted<TransferSucceeded>().Select(e => e.Target.Value).Order().Should().Equal(Enumerable.Range(1, 40).Select(i => $"t{i}").Order());
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 40 && e.Failed == 0 && e.NotTried == 0 && !e.Interrupted);
    }

    [Fact]
    public void Source_is_connected_to_once()
    {
        var push = new HandDrivenPush("z1", "t[1-20]", m: 2).Start();
        push.SucceedAll();
        push.Issued<PushCommand.OpenSource>().Select(c => c.Source.Name).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Served_target_that_nobody_needs_as_a_source_is_not_connected_to()
    {
        var push = new HandDrivenPush("z1", "t[1-2]", m: 2).Start();
        push.SucceedAll();
        push.Issued<PushCommand.OpenSource>().Should().ContainSingle().Which.Source.Name.Value.Should().Be("z1");
    }

    [Fact]
    public void Whole_run_keeps_to_its_limit_on_transfers()
    {
        var policy = new PushPolicy { Slots = 4, MaxTransfers = 5 };
        var push = new HandDrivenPush(new PushPlan(Fleet.Hosts("z[1-4]"), Fleet.Hosts("t[1-30]"), policy)).Start();
        push.Running.Should().HaveCount(5);
        push.Succeed("t1");
        push.Running.Should().HaveCount(5);
    }

    [Fact]
    public void Connections_in_the_making_keep_to_their_limit()
    {
        var policy = new PushPolicy { Slots = 1, MaxOpening = 3 };
        var coordinator = new PushCoordinator(new PushPlan(Fleet.Hosts("z[1-9]"), Fleet.Hosts("t[1-9]"), policy));
        var step = coordinator.Handle(new PushInput.Start(), DateTimeOffset.UnixEpoch);
        step.Commands.OfType<PushCommand.OpenSource>().Should().HaveCount(3);
    }

    [Fact]
    public void Transfers_are_numbered_from_one()
    {
        var push = new HandDrivenPush("z1", "t[1-3]", m: 3).Start();
        push.Emitted<TransferStarted>().Select(e => e.Transfer).Should().Equal(1, 2, 3);
    }
}
