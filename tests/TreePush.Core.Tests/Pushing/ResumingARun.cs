using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Pushing;

public sealed class ResumingARun
{
    [Fact]
    public void Target_that_is_also_a_source_is_skipped_and_has_succeeded()
    {
        var push = new HandDrivenPush("t1,z1", "t[1-3]").Start();
        push.SucceedAll();
        push.Emitted<TargetSkipped>().Single().Target.Value.Should().Be("t1");
        push.Emitted<TransferStarted>().Should().NotContain(e => e.Target.Value == "t1");
        push.End.Succeeded.Should().Be(3);
    }

    [Fact]
    public void Target_served_before_is_a_source_and_is_not_served_again()
    {
        var push = Resumed("t[1-4]", "t1", "t2").Start();
        push.Running.Select(t => t.Split('>')[1]).Should().BeEquivalentTo("t3", "t4");
        push.Running.Select(t => t.Split('>')[0]).Should().OnlyHaveUniqueItems();
        push.SucceedAll();
        push.Emitted<TransferSucceeded>().Should().HaveCount(2);
        push.End.Succeeded.Should().Be(4);
    }

    [Fact]
    public void Resumed_run_with_its_first_source_gone_goes_on_from_the_served_targets()
    {
        var plan = new PushPlan(Fleet.Hosts("z1"), Fleet.Hosts("t[1-4]"), new PushPolicy()) { Served = [new HostName("t1")] };
        var push = new HandDrivenPush(plan) { Unreachable = ["z1"] }.Start();
        push.SucceedAll();
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 4);
    }

    [Fact]
    public void Resumed_run_with_nothing_left_ends_at_once()
    {
        var push = Resumed("t[1-2]", "t1", "t2").Start();
        push.End.Should().Match<RunFinished>(e => e.Succeeded == 2 && e.Took == TimeSpan.Zero);
        push.Commands.Should().BeEmpty();
    }

    [Fact]
    public void Beginning_tells_what_is_to_be_done()
    {
        var push = Resumed("t[1-4]", "t1").Start();
        push.Emitted<RunStarted>().Single().Should().Match<RunStarted>(e => e.Sources == 1 && e.Targets == 4 && e.Served == 1);
    }

    [Fact]
    public void Target_listed_twice_is_served_once()
    {
        var push = new HandDrivenPush("z1", "t1,T1,t2").Start();
        push.SucceedAll();
        push.Emitted<TransferStarted>().Should().HaveCount(2);
        push.End.Succeeded.Should().Be(2);
    }

    [Fact]
    public void Run_without_targets_ends_at_once() =>
        new HandDrivenPush("z1", "").Start().End.Should().Match<RunFinished>(e => e.Succeeded == 0 && e.Failed == 0 && e.NotTried == 0);

    [Fact]
    public void Run_without_sources_ends_at_once()
    {
        var push = new HandDrivenPush("", "t[1-3]").Start();
        push.Emitted<SourcesExhausted>().Should().ContainSingle();
        push.End.NotTried.Should().Be(3);
    }

    private static HandDrivenPush Resumed(string targets, params string[] served) =>
        new(new PushPlan(Fleet.Hosts("z1"), Fleet.Hosts(targets), new PushPolicy()) { Served = [.. served.Select(s => new HostName(s))] });
}
