using System.Net;
using TreePush.Core.Hosts;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Engine.Syncing;

namespace TreePush.Engine.Tests.Syncing;

public sealed class LinkPlannerTests
{
    private static readonly SshAddresses Ssh = new(new IPEndPoint(IPAddress.Parse("10.0.0.9"), 40000), new IPEndPoint(IPAddress.Parse("10.0.0.1"), 22));

    [Fact]
    public async Task The_parents_own_name_comes_first_then_where_ssh_reached_it_then_what_it_says()
    {
        var parent = new FakeRelay(new Host("web1")) { Addresses = Ssh };
        (await DirectAsync(parent, new FakeRelay(new Host("web2")), "192.168.0.1", "10.0.0.1")).Should().Equal("web1", "10.0.0.1", "192.168.0.1");
    }

    [Fact]
    public async Task An_address_that_the_list_names_comes_before_all_others()
    {
        var host = new Host("web1").WithVariables(new Dictionary<string, string> { ["ADDR"] = "172.16.0.1" });
        (await DirectAsync(new FakeRelay(host), new FakeRelay(new Host("web2")))).Should().Equal("172.16.0.1", "web1");
    }

    [Fact]
    public async Task This_machine_is_found_where_the_childs_ssh_server_saw_it()
    {
        var child = new FakeRelay(new Host("web2")) { Addresses = Ssh };
        (await DirectAsync(new FakeRelay(new Host("local")), child)).Should().Equal("10.0.0.9");
    }

    [Fact]
    public async Task Two_hosts_that_cannot_reach_each_other_are_joined_here()
    {
        var (parent, child) = (new FakeRelay(new Host("web1")), new FakeRelay(new Host("web2")));
        var found = await FindAsync(parent, child, Route.ThroughController);
        found.Should().Equal(new Endpoint("127.0.0.1", 9000));
        parent.Forwards.Single().Should().Be(new IPEndPoint(IPAddress.Loopback, 7000));
        child.Forwards.Single().Should().BeOfType<System.Net.Sockets.UnixDomainSocketEndPoint>();
    }

    [Fact]
    public async Task A_child_on_this_machine_needs_no_way_back()
    {
        var (parent, child) = (new FakeRelay(new Host("web1")), new FakeRelay(new Host("local")));
        (await FindAsync(parent, child, Route.ThroughController)).Should().Equal(new Endpoint("/tmp/way", 0, EndpointKind.Socket));
        child.Forwards.Should().BeEmpty();
    }

    private static async Task<IEnumerable<string>> DirectAsync(FakeRelay parent, FakeRelay child, params string[] own) =>
        (await FindAsync(parent, child, Route.Direct, own)).Select(e => e.Host);

    private static async Task<IReadOnlyList<Endpoint>> FindAsync(FakeRelay parent, FakeRelay child, Route route, params string[] own)
    {
        await using var above = await StartAsync(parent, own);
        await using var below = await StartAsync(child);
        return await LinkPlanner.EndpointsAsync(above, below, route, CancellationToken.None);
    }

    private static Task<RelaySession> StartAsync(FakeRelay relay, params string[] own)
    {
        relay.Say(FakeRelay.Ready(own));
        return RelaySession.StartAsync(relay, new ControlMessage.Start(RelayRole.Target, new byte[16], "/dest", new byte[32]), TimeProvider.System, CancellationToken.None);
    }
}
