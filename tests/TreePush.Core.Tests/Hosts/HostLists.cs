using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Hosts;

public sealed class HostLists
{
    [Fact]
    public void Port_defaults_to_22_and_user_to_none() =>
        Only("web1").Should().Match<Host>(h => h.Address == "web1" && h.Port == 22 && h.User == null);

    [Fact]
    public void Port_and_user_are_taken_from_their_fields() =>
        Only("web1 2222 root").Should().Match<Host>(h => h.Port == 2222 && h.User == "root");

    [Fact]
    public void Dash_stands_for_a_port_or_user_not_given() =>
        Only("web1 - -").Should().Match<Host>(h => h.Port == 22 && h.User == null);

    [Fact]
    public void Other_fields_become_variables() =>
        Only("web1 /srv/a", "host,path").Variables.Should().Equal(new Dictionary<string, string> { ["PATH"] = "/srv/a" });

    [Fact]
    public void Value_of_a_dash_is_kept_in_other_fields() => Only("web1 -", "host,path").Variables["PATH"].Should().Be("-");

    [Fact]
    public void Fields_that_the_format_skips_are_ignored() =>
        Only("7 web1 ??? root", "2:host,,user").Should().Match<Host>(h => h.Address == "web1" && h.User == "root" && h.Variables.Count == 0);

    [Fact]
    public void Zone_field_places_the_host() => Only("10.0.0.1 rack7", "host,zone").Placement.Zone.Should().Be("zone rack7");

    [Fact]
    public void Brackets_around_an_IPv6_address_are_dropped() => Only("[fe80::1]").Address.Should().Be("fe80::1");

    [Fact]
    public void Host_keeps_its_row() => Only("web1  2222 root").Row.Should().Be("web1  2222 root");

    [Theory]
    [InlineData("web1 /a 7", "host,path,4:flag", "l:1:9", "'web1 /a 7' has 3 field(s), but 'flag' is field 4")]
    [InlineData("web1", "2:host", "l:1:1", "'web1' has 1 field(s), but 'host' is field 2")]
    [InlineData("web1 x", "host,port", "l:1:6", "the port 'x' is not a number")]
    [InlineData("web1 0", "host,port", "l:1:6", "the port '0'")]
    [InlineData("web1 65536", "host,port", "l:1:6", "the port '65536'")]
    [InlineData("web1 -22", "host,port", "l:1:6", "the port '-22'")]
    [InlineData("web1 99999999999", "host,port", "l:1:6", "the port '99999999999'")]
    [InlineData("-oProxyCommand=id", "host", "l:1:1", "'-oProxyCommand=id' is not a host name or address")]
    [InlineData("--", "host", "l:1:1", "'--' is not a host name")]
    [InlineData("we$(id)b", "host", "l:1:1", "'we$(id)b' is not a host name")]
    [InlineData("wéb", "host", "l:1:1", "'wéb' is not a host name")]
    [InlineData("[]", "host", "l:1:1", "the host is empty")]
    [InlineData("a:b:c", "host", "l:1:1", "'a:b:c' is not a host name or address")]
    [InlineData("web1:22", "host", "l:1:1", "'web1:22' is not a host name or address")]
    [InlineData("[::1]:22", "host", "l:1:1", "'[::1]:22' is not a host name or address")]
    [InlineData("[[::1]]", "host", "l:1:1", "'[::1]' is not a host name or address")]
    [InlineData("fe80::1%$(id)", "host", "l:1:1", "'fe80::1%$(id)' is not a host name or address")]
    [InlineData("fe80::1%", "host", "l:1:1", "'fe80::1%' is not a host name or address")]
    [InlineData("web1 -l", "host,user", "l:1:6", "the user '-l' is not a login name")]
    [InlineData("web1 a;b", "host,user", "l:1:6", "the user 'a;b' is not a login name")]
    [InlineData("web1 a@b:c", "host,user", "l:1:6", "the user 'a@b:c' is not a login name")]
    [InlineData("web1 a\0b", "host,path", "l:1:6", @"'a\x00b' has a NUL character")]
    public void Faulty_row_is_told_with_line_and_column(string row, string format, string where, string what)
    {
        var list = Read(row, format);
        list.Hosts.Should().BeEmpty();
        list.Problems.Should().ContainSingle().Which.Should().Match<Problem>(p => p.Where == where && p.What.Contains(what));
    }

    [Fact]
    public void All_problems_are_told_at_once_with_their_places() =>
        Read("# hosts\nweb1 x -u\n\n  -web2\nweb3").Problems.Select(p => p.Where).Should().Equal("l:2:6", "l:2:8", "l:4:3");

    [Fact]
    public void Host_name_longer_than_a_name_can_be_is_refused() =>
        Read(new string('a', 254)).Problems.Should().ContainSingle().Which.What.Should().Contain("longer than a name can be");

    [Fact]
    public void Login_of_a_Windows_domain_is_a_login() => Only(@"web1 22 CORP\ann").User.Should().Be(@"CORP\ann");

    [Fact]
    public void Scope_of_a_link_local_address_is_kept() => Only("fe80::1%eth0.7").Address.Should().Be("fe80::1%eth0.7");

    [Fact]
    public void First_of_several_rows_for_a_host_wins_with_a_warning()
    {
        var list = Read("web1 22 ann\nweb2\nWEB1 22 bob\n");
        list.Hosts.Select(h => $"{h} {h.User}").Should().Equal("web1 ann", "web2 ");
        list.Warnings.Should().ContainSingle().Which.ToString().Should().Be("l:3:1: web1 is listed already on line 1; this line is ignored");
        list.Problems.Should().BeEmpty();
    }

    [Fact]
    public void Same_address_at_another_port_is_another_host() => Read("web1 2201\nweb1 2202").Hosts.Should().HaveCount(2);

    [Theory]
    [InlineData("")]
    [InlineData("# nobody\n")]
    public void List_without_hosts_is_a_problem(string text) =>
        Read(text).Problems.Should().ContainSingle().Which.What.Should().Be("the list has no hosts");

    [Fact]
    public void Faulty_text_cannot_reach_the_terminal_as_it_is() =>
        Read("we\u001b[31mb").Problems.Single().What.Should().Contain(@"'we\x1b[31mb'");

    private static Host Only(string text, string format = "host,port,user")
    {
        var list = Read(text, format);
        list.Problems.Should().BeEmpty();
        return list.Hosts.Should().ContainSingle().Which;
    }

    private static HostList Read(string text, string format = "host,port,user") =>
        HostList.Read("l", WhitespaceRows.Split(text), HostFormat.Parse(format).Format!);
}
