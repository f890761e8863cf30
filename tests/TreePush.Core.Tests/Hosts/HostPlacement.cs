using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Hosts;

public sealed class HostPlacement
{
    [Theory]
    [InlineData("10.0.0.1", "10.0.0.254", true)]
    [InlineData("10.0.0.1", "10.0.1.1", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("a.rack1.example", "b.RACK1.example", true)]
    [InlineData("a.rack1.example", "a.rack2.example", false)]
    [InlineData("web1", "db7", true)]
    [InlineData("web1", "10.0.0.1", false)]
    public void Hosts_share_a_zone_by_prefix_or_domain(string one, string other, bool same) =>
        (new Host(one).Placement.Zone == new Host(other).Placement.Zone).Should().Be(same);

    [Fact]
    public void Named_zone_outweighs_the_address()
    {
        var (one, other) = (InZone("10.0.0.1", "r1"), InZone("10.9.9.9", "r1"));
        one.Placement.Zone.Should().Be(other.Placement.Zone).And.NotBe(new Host("10.0.0.1").Placement.Zone);
    }

    [Fact]
    public void Empty_zone_is_no_zone() => InZone("10.0.0.1", "").Placement.Should().Be(new Host("10.0.0.1").Placement);

    [Fact]
    public void Zone_named_like_a_prefix_is_not_that_prefix() =>
        InZone("web1", new Host("10.0.0.1").Placement.Zone!).Placement.Zone.Should().NotBe(new Host("10.0.0.1").Placement.Zone);

    [Fact]
    public void This_machine_has_no_zone_unless_one_is_named()
    {
        new Host("localhost").Placement.Zone.Should().BeNull();
        InZone("localhost", "desk").Placement.Zone.Should().Be("zone desk");
    }

    [Fact]
    public void Nearer_addresses_share_more_leading_bits()
    {
        Position At(string address) => new Host(address).Placement.Position;
        (At("10.0.0.1") ^ At("10.0.0.2")).Should().BeLessThan(At("10.0.0.1") ^ At("10.0.9.1"));
        (At("10.0.0.1") ^ At("10.0.9.1")).Should().BeLessThan(At("10.0.0.1") ^ At("192.168.0.1"));
    }

    private static Host InZone(string address, string zone) =>
        new Host(address).WithVariables(new Dictionary<string, string> { ["ZONE"] = zone });
}
