using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Hosts;

public sealed class HostsOnTheCommandLine
{
    [Theory]
    [InlineData("web1", "web1 22 -")]
    [InlineData("root@web1", "web1 22 root")]
    [InlineData("web1:2222", "web1 2222 -")]
    [InlineData("root@10.0.0.[1-3]:2222", "10.0.0.1 2222 root;10.0.0.2 2222 root;10.0.0.3 2222 root")]
    [InlineData("[fe80::1]:23", "fe80::1 23 -")]
    [InlineData("[fe80::1]", "fe80::1 22 -")]
    [InlineData("::1", "::1 22 -")]
    [InlineData("fe80::1%eth0", "fe80::1%eth0 22 -")]
    [InlineData("ann@[2001:db8::7]:2222", "2001:db8::7 2222 ann")]
    [InlineData("ann@corp.example@web1", "web1 22 ann@corp.example")]
    [InlineData("a,b@c:1", "a 22 -;c 1 b")]
    [InlineData("web1:22[01-02]", "web1 2201 -;web1 2202 -")]
    [InlineData("local", "127.0.0.1 22 -")]
    public void Host_is_written_with_user_and_port(string text, string expected)
    {
        var (hosts, problems) = HostSpec.Parse("-s", text);
        problems.Should().BeEmpty();
        string.Join(';', hosts.Select(h => $"{h.Address} {h.Port} {h.User ?? "-"}")).Should().Be(expected);
    }

    [Theory]
    [InlineData("", "empty item")]
    [InlineData("web1:", "the port '' is not a number")]
    [InlineData("web1:0", "the port '0'")]
    [InlineData("web1:ssh", "the port 'ssh'")]
    [InlineData("@web1", "the user '' is not a login name")]
    [InlineData("root@", "the host is empty")]
    [InlineData("-l@web1", "the user '-l' is not a login name")]
    [InlineData("-oProxyCommand=x", "'-oProxyCommand=x' is not a host name")]
    [InlineData("[fe80::1]22", "has text after its bracket")]
    [InlineData("[fe80::zz]:22", "'fe80::zz' is not a host name or address")]
    [InlineData("[fe80::1%a;b]:22", "'fe80::1%a;b' is not a host name or address")]
    [InlineData("fe80::1%`id`", "'fe80::1%`id`' is not a host name or address")]
    [InlineData("web[1-", "do not match")]
    [InlineData("web1 web2", "'web1 web2' is not a host name")]
    [InlineData("web1/22", "'web1/22' is not a host name")]
    public void Faulty_host_is_refused_by_the_name_of_its_option(string text, string what)
    {
        var (_, problems) = HostSpec.Parse("-s", text);
        problems.Should().ContainSingle().Which.Should().Match<Problem>(p => p.Where == "-s" && p.What.Contains(what) && p.Hint != null);
    }

    [Fact]
    public void All_faulty_hosts_are_told_at_once() => HostSpec.Parse("-w", "-a,b,c:0,d@").Problems.Should().HaveCount(3);

    [Fact]
    public void Printed_name_of_a_host_is_read_back_as_the_same_host()
    {
        foreach (string text in new[] { "web1", "WEB1:2201", "[fe80::1]:23", "fe80::1", "local", "localhost:2201", "10.0.0.1:1" })
        {
            var name = HostSpec.Parse("-s", text).Hosts.Single().Name;
            HostSpec.Parse("-s", name.Value).Hosts.Single().Name.Should().Be(name);
        }
    }
}
