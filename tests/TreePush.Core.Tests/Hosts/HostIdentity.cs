using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Hosts;

public sealed class HostIdentity
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("localhost")]
    [InlineData("LocalHost")]
    [InlineData("local")]
    [InlineData("Local")]
    public void Every_name_of_this_machine_is_one_host(string address)
    {
        new Host(address).Name.Should().Be(HostName.Local);
        new Host(address).IsLocal.Should().BeTrue();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("local")]
    public void This_machine_at_another_port_is_another_host_reached_over_ssh(string address)
    {
        new Host(address, 2201).Name.Should().NotBe(HostName.Local);
        new Host(address, 2201).IsLocal.Should().BeFalse();
    }

    [Fact]
    public void Local_at_another_port_is_the_loopback_address_at_that_port() =>
        new Host("local", 2201).Name.Should().Be(new Host("127.0.0.1", 2201).Name);

    [Fact]
    public void This_machine_with_a_user_of_its_own_is_reached_over_ssh() =>
        new Host("localhost", user: "ann").IsLocal.Should().BeFalse();

    [Theory]
    [InlineData("Web1.Example", 22, "web1.example")]
    [InlineData("web1", 2222, "web1:2222")]
    [InlineData("FE80::1", 22, "fe80::1")]
    [InlineData("fe80::1", 2222, "[fe80::1]:2222")]
    [InlineData("fe80:0:0::0:1", 22, "fe80::1")]
    [InlineData("::1", 2222, "[::1]:2222")]
    public void Name_is_lower_case_with_a_port_that_is_not_22(string address, int port, string expected) =>
        new Host(address, port).Name.Value.Should().Be(expected);

    [Fact]
    public void Hosts_are_equal_by_name_alone()
    {
        new Host("web1", 22, "ann").Should().Be(new Host("WEB1", 22, "bob"));
        new Host("web1").Should().NotBe(new Host("web1", 23));
    }

    [Fact]
    public void Address_is_kept_as_the_user_wrote_it() => new Host("Web1.Example").Address.Should().Be("Web1.Example");

    [Fact]
    public void Local_has_an_address_that_commands_can_use() => new Host("local").Address.Should().Be("127.0.0.1");

    [Fact]
    public void Name_of_no_host_prints_as_nothing() => default(HostName).ToString().Should().BeEmpty();

    [Fact]
    public void Names_are_ordered_by_their_characters()
    {
        var (a, b) = (new HostName("Z"), new HostName("a"));
        (a < b && b > a && a <= b && b >= a).Should().BeTrue();
    }
}
