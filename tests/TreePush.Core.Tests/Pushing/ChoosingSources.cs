using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Core.Tests.Pushing;

public sealed class ChoosingSources
{
    [Fact]
    public void Least_busy_source_comes_first()
    {
        var push = new HandDrivenPush("z[1-3]", "t[1-3]", m: 3).Start();
        push.Running.Should().BeEquivalentTo("z1>t1", "z2>t2", "z3>t3");
    }

    [Fact]
    public void Freed_slot_goes_to_the_next_target()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-5]", m: 2).Start();
        push.Fail("t1");
        push.Running.Should().HaveCount(4).And.Contain("z1>t5");
    }

    [Fact]
    public void Nearest_of_equally_busy_sources_is_taken()
    {
        var push = new HandDrivenPush("10.0.0.1/A,10.0.9.1/A,10.7.0.1/A", "10.0.9.7/A,10.0.0.7/A,10.7.0.7/A").Start();
        push.Running.Should().BeEquivalentTo("10.0.9.1>10.0.9.7", "10.7.0.1>10.7.0.7", "10.0.0.1>10.0.0.7");
    }

    [Fact]
    public void Nearest_of_idle_sources_is_taken()
    {
        var push = new HandDrivenPush("10.0.0.1/A,10.7.0.1/A", "10.0.0.5/A,10.7.0.5/A,10.7.0.9/A").Start();
        push.Give(new PushInput.Pause());
        push.Succeed("10.0.0.5", "10.7.0.5");
        push.Give(new PushInput.Continue());
        push.Running.Should().Equal("10.7.0.1>10.7.0.9");
    }

    [Fact]
    public void Busy_source_nearby_gives_way_to_an_idle_one()
    {
        var push = new HandDrivenPush("10.0.9.1/A,10.7.0.1/A", "10.0.9.[7-8]/A", m: 4).Start();
        push.Running.Should().BeEquivalentTo("10.0.9.1>10.0.9.7", "10.7.0.1>10.0.9.8");
    }

    [Fact]
    public void Source_that_failed_less_is_taken_of_equally_busy_ones()
    {
        var push = new HandDrivenPush("z[1-2]", "t[1-5]", m: 2).Start();
        push.Running.Should().Equal("z1>t1", "z1>t2", "z2>t3", "z2>t4");
        push.Give(new PushInput.Pause());
        push.Fail("t1", "t2");
        push.Succeed("t3", "t4");
        push.Give(new PushInput.Continue());
        push.Running.Should().Equal("z2>t5");
    }

    [Fact]
    public void Source_in_the_targets_zone_is_taken_before_a_nearer_address_outside()
    {
        var push = new HandDrivenPush("10.0.9.1/A,192.168.0.1/B", "10.0.9.2/B").Start();
        push.Running.Should().Equal("192.168.0.1>10.0.9.2");
    }

    [Fact]
    public void First_wave_spreads_over_zones()
    {
        var push = new HandDrivenPush("z1/S", "a[1-5]/A,b[1-5]/B,c[1-5]/C", m: 3).Start();
        push.Running.Should().BeEquivalentTo("z1>a1", "z1>b1", "z1>c1");
    }

    [Fact]
    public void Zone_with_the_most_targets_is_seeded_first()
    {
        var push = new HandDrivenPush("z1/S", "a[1-2]/A,b[1-9]/B,c[1-5]/C", m: 2).Start();
        push.Running.Should().BeEquivalentTo("z1>b1", "z1>c1");
    }

    [Fact]
    public void Seeded_zone_is_fed_from_inside()
    {
        var push = new HandDrivenPush("z1/S", "a[1-9]/A,b[1-9]/B", m: 1).Start();
        push.SucceedAll();
        var crossings = push.Emitted<TransferStarted>().Where(e => e.Source.Value != "z1" && e.Source.Value[0] != e.Target.Value[0]);
        crossings.Count().Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Zone_whose_seed_failed_is_seeded_again_with_its_next_target()
    {
        var push = new HandDrivenPush("z1/S", "a[1-3]/A,b[1-3]/B", m: 2).Start();
        push.Fail("a1");
        push.Running.Should().BeEquivalentTo("z1>b1", "z1>a2");
    }

    [Fact]
    public void Idle_first_source_helps_the_zone_with_the_most_to_do()
    {
        var push = new HandDrivenPush("z1/S", "a[1-2]/A,b[1-20]/B").Start();
        push.Succeed("b1");
        push.Succeed("a1");
        push.Running.Should().BeEquivalentTo("b1>b2", "z1>a2");
        push.Succeed("a2");
        push.Running.Should().BeEquivalentTo("b1>b2", "z1>b3");
    }

    [Fact]
    public void First_source_is_not_lent_to_a_zone_that_has_proved_slow_to_reach()
    {
        var push = new HandDrivenPush("z1/S", "a[1-30]/A").Start();
        push.Pass(90);
        push.Succeed("a1");
        push.Running.Should().BeEquivalentTo("z1>a2", "a1>a3");
        push.Succeed("a3");
        push.Pass(80);
        push.Succeed("a4", "a5", "a2");
        push.Running.Should().NotBeEmpty().And.NotContain(t => t.StartsWith("z1>", StringComparison.Ordinal));
    }

    [Fact]
    public void Zones_that_a_limit_has_held_up_get_their_turn()
    {
        var policy = new PushPolicy { Slots = 1, MaxOpening = 1 };
        var plan = new PushPlan(Fleet.Hosts("z1/A"), Fleet.Hosts("b0/B,c0/C,a[1-9]/A,b[1-5]/B,c[1-5]/C"), policy)
        {
            Served = [new HostName("b0"), new HostName("c0")],
        };
        new HandDrivenPush(plan).Start().Running.Should().BeEquivalentTo("z1>a1", "b0>b1", "c0>c1");
    }
}
