using TreePush.Core.Queueing;

namespace TreePush.Core.Tests.Queueing;

public sealed class AgentNameTests
{
    [Theory]
    [InlineData("web1")]
    [InlineData("web-1.example.com")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.1:8730")]
    [InlineData("[fe80::1%eth0]:8730")]
    [InlineData("::1")]
    [InlineData("WEB_1")]
    public void A_host_with_or_without_a_port_is_a_name(string name) => AgentName.Fault(name).Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("--rsh=x")]
    [InlineData("web 1")]
    [InlineData("web1;id")]
    [InlineData("$(id)")]
    [InlineData("`id`")]
    [InlineData("web1\n")]
    [InlineData("web1/../x")]
    [InlineData("user@web1")]
    [InlineData("*")]
    [InlineData("größer")]
    [InlineData(":873")]
    [InlineData("%x")]
    public void Nothing_that_a_command_could_take_for_something_else_is_a_name(string name) => AgentName.Fault(name).Should().NotBeNull();

    [Fact]
    public void A_name_has_an_end() => AgentName.Fault(new string('a', 300)).Should().Be("is too long");
}
