using TreePush.Core.Pushing;

namespace TreePush.Core.Tests.Pushing;

/// <summary><c>-m auto</c>, step by step.</summary>
public sealed class FindingSlots
{
    [Fact]
    public void Search_begins_with_one_transfer_a_source() => Push().Running.Should().Equal("z1>t1");

    [Fact]
    public void Twice_the_number_is_tried_on_one_source_when_its_transfers_are_nearly_done()
    {
        var push = WithFourAtWork();
        push.Pass(7);
        push.Running.Should().HaveCount(4);
        push.Pass(1);
        push.Running.Should().HaveCount(5);
    }

    [Fact]
    public void Trial_that_slows_nothing_down_doubles_the_number_for_all()
    {
        var push = AfterTrial(slowedBy: 0);
        push.Emitted<SlotsChanged>().Select(e => e.Slots).Should().Equal(2);
        push.Running.GroupBy(t => t.Split('>')[0]).Max(g => g.Count()).Should().Be(2);
    }

    [Fact]
    public void Trial_that_slows_its_source_down_leaves_the_number() =>
        AfterTrial(slowedBy: 3).Emitted<SlotsChanged>().Should().BeEmpty();

    [Fact]
    public void Doubling_that_turns_out_to_bring_less_is_taken_back()
    {
        var push = AfterTrial(slowedBy: 0);
        for (int i = 0; i < 2; i++) push.SucceedAfter(30, push.Receiving);
        push.Emitted<SlotsChanged>().Select(e => e.Slots).Should().Equal(2, 1);
    }

    [Fact]
    public void Trial_whose_transfers_fail_tells_nothing()
    {
        var push = WithFourAtWork();
        string[] old = push.Receiving;
        push.Pass(8);
        push.Fail(old);
        push.Emitted<SlotsChanged>().Should().BeEmpty();
    }

    /// <summary>One trial has been made: of what was nearly done, all ended so many seconds late.</summary>
    private static HandDrivenPush AfterTrial(double slowedBy)
    {
        var push = WithFourAtWork();
        string[] old = push.Receiving;
        push.Pass(8);
        string tried = push.Running.GroupBy(t => t.Split('>')[0]).Single(g => g.Count() == 2).First().Split('>')[1];
        push.SucceedAfter(2, [.. old.Where(t => t != tried)]);
        push.SucceedAfter(slowedBy, tried);
        return push;
    }

    private static HandDrivenPush WithFourAtWork()
    {
        var push = Push();
        push.Succeed("t1");
        push.Succeed("t2", "t3");
        push.Running.Should().HaveCount(4);
        return push;
    }

    private static HandDrivenPush Push() =>
        new HandDrivenPush(new PushPlan(Fleet.Hosts("z1"), Fleet.Hosts("t[1-200]"), new PushPolicy { Slots = null })).Start();
}
