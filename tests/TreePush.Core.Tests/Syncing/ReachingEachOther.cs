using TreePush.Core.Hosts;
using TreePush.Core.Syncing;
using TreePush.Core.Syncing.Simulation;

namespace TreePush.Core.Tests.Syncing;

public sealed class ReachingEachOther
{
    private static readonly SimulatedFleet Fleet = new() { Bytes = 16 << 20 };

    [Fact]
    public void Controllers_own_machine_is_linked_to_through_the_controller_first()
    {
        var run = SimulatedSync.Of("local", "t[1-4]", Fleet with { Reaches = (_, parent) => !parent.IsLocal });
        run.Emitted<HostLinked>().Where(e => e.Route == Route.ThroughController).Should().ContainSingle(e => e.Parent == HostName.Local);
        run.Emitted<LinkFailed>().Should().BeEmpty();
    }

    [Fact]
    public void Zone_behind_a_firewall_gets_one_link_through_the_controller()
    {
        var run = SimulatedSync.Of("z1/A", "a[1-8]/A,b[1-8]/B", Fleet with { Reaches = (child, parent) => child.Placement.Zone == parent.Placement.Zone });
        run.Result.Succeeded.Should().Be(16);
        run.Emitted<HostLinked>().Where(e => e.Route == Route.ThroughController).Should().ContainSingle().Which.Child.Value.Should().StartWith("b");
        run.Emitted<LinkFailed>().Count().Should().BeLessThanOrEqualTo(2);
        run.Result.Duration.Should().BeLessThan(TimeSpan.FromSeconds(9));
    }

    [Fact]
    public void Zone_that_can_be_reached_from_one_other_zone_only_is_served_from_there()
    {
        var run = SimulatedSync.Of("z1/A", "a[1-6]/A,b[1-6]/B,c[1-6]/C", Fleet with { Reaches = Neighbours });
        run.Result.Succeeded.Should().Be(18);
        run.Emitted<HostLinked>().Should().NotBeEmpty().And.OnlyContain(e => e.Route == Route.Direct);

        static bool Neighbours(Host child, Host parent) => (child.Placement.Zone, parent.Placement.Zone) is not ("zone C", "zone A");
    }

    [Fact]
    public void Hosts_that_reach_nobody_are_all_served_through_the_controller()
    {
        var run = SimulatedSync.Of("z1", "t[1-8]", Fleet with { Reaches = (_, _) => false });
        run.Result.Succeeded.Should().Be(8);
        run.Emitted<HostLinked>().Should().NotBeEmpty().And.OnlyContain(e => e.Route == Route.ThroughController);
        run.Emitted<LinkFailed>().GroupBy(e => (e.Parent, e.Child)).Should().NotBeEmpty().And.OnlyContain(g => g.Count() == 1, "no pair is tried twice");
    }

    [Fact]
    public void Host_that_nobody_can_connect_to_ends_up_as_a_leaf()
    {
        var run = SimulatedSync.Of("z1", "t[1-8]", Fleet with { Reaches = (_, parent) => parent.Name.Value != "t3" });
        run.Result.Succeeded.Should().Be(8);
        run.Emitted<HostLinked>().Should().NotBeEmpty().And.OnlyContain(e => e.Route == Route.Direct && e.Parent.Value != "t3");
    }
}
