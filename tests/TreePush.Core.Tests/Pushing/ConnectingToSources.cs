using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Core.Tests.Pushing;

/// <summary>Where transfers are short, connections are what to save.</summary>
public sealed class ConnectingToSources
{
    [Fact]
    public void Long_transfers_are_worth_a_connection_each()
    {
        var push = new HandDrivenPush("z1", "t[1-9]") { OpeningTime = 1 }.Start();
        push.Pass(1);
        push.Succeed("t1");
        push.Issued<PushCommand.OpenSource>().Should().HaveCount(2);
    }

    [Fact]
    public void Short_transfers_are_left_to_those_at_work()
    {
        var push = new HandDrivenPush("z1", "t[1-4]") { OpeningTime = 100 }.Start();
        push.Pass(100);
        push.SucceedAll();
        push.End.Succeeded.Should().Be(4);
        push.Issued<PushCommand.OpenSource>().Should().ContainSingle();
    }

    [Fact]
    public void Many_short_transfers_are_worth_a_connection()
    {
        var push = new HandDrivenPush("z1", "t[1-40]") { OpeningTime = 100 }.Start();
        push.Pass(100);
        push.Succeed("t1");
        push.Issued<PushCommand.OpenSource>().Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void Stalled_transfer_does_not_hold_up_its_zone_for_ever()
    {
        var push = new HandDrivenPush("z1", "t[1-4]") { OpeningTime = 100 }.Start();
        push.Pass(100);
        push.Succeed("t1");
        push.Running.Should().Equal("z1>t2");
        push.Pass(1000);
        push.Running.Should().Equal("z1>t2", "t1>t3");
    }

    [Fact]
    public void Stalled_transfer_does_not_hold_up_its_zone_even_if_transfers_elsewhere_become_slower()
    {
        var plan = new PushPlan(Fleet.Hosts("z1/A"), Fleet.Hosts("b0/B,a[1-4]/A,b[1-3]/B"), new PushPolicy { Slots = 1 }) { Served = [new HostName("b0")] };
        var push = new HandDrivenPush(plan) { OpeningTime = 100 }.Start();
        push.Pass(100);
        push.Succeed("a1", "b1");
        push.Pass(190);
        push.Succeed("b2");
        push.Succeed("b3");
        push.Running.Should().Equal("z1>a2");
        push.Pass(10_000);
        push.Running.Should().Equal("z1>a2", "a1>a3");
    }
}
