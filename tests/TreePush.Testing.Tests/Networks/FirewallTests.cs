using System.Net.Sockets;

namespace TreePush.Testing.Tests.Networks;

public sealed class FirewallTests(PrivateFleet fleet) : IClassFixture<PrivateFleet>
{
    [PrivateFleetFact]
    public async Task Closed_ports_let_nobody_in_and_everybody_out()
    {
        var controller = fleet.Fleet.Controller;
        var (client, server) = await PrivateFleet.ConnectAsync(controller.Network, fleet[0].Network);
        await controller.Network.CloseInboundPortsAsync();
        (await PrivateFleet.TryConnectAsync(fleet[0].Network, controller.Network)).Should().BeNull();
        (await PrivateFleet.TryConnectAsync(controller.Network, fleet[0].Network)).Should().Be(SocketError.Success);

        await server.SendAsync("still there"u8.ToArray());
        (await client.ReceiveAsync(new byte[20])).Should().Be(11);
        await controller.Network.OpenInboundPortsAsync();
        (await PrivateFleet.TryConnectAsync(fleet[0].Network, controller.Network)).Should().Be(SocketError.ConnectionRefused);
    }

    [PrivateFleetFact]
    public async Task Closed_ports_may_leave_ssh_open()
    {
        await fleet[0].Network.CloseInboundPortsAsync(exceptSsh: true);
        await fleet.Invoking(f => PrivateFleet.ConnectAsync(f[1].Network, f[0].Network).WaitAsync(PrivateFleet.Silence))
            .Should().ThrowAsync<TimeoutException>();
        (await PrivateFleet.TryConnectAsync(fleet[1].Network, fleet[0].Network)).Should().Be(SocketError.Success);
        await fleet[0].Network.OpenInboundPortsAsync();
    }

    [PrivateFleetFact]
    public async Task Dropping_firewall_between_zones_is_silent_in_both_directions()
    {
        var (client, server) = await PrivateFleet.ConnectAsync(fleet[0].Network, fleet[2].Network);
        await fleet.Fleet.ForbidBetweenAsync(0, 1, Refusal.Drop);
        await client.SendAsync("lost"u8.ToArray());
        (await PrivateFleet.IsSilentAsync(server)).Should().BeTrue();
        (await PrivateFleet.TryConnectAsync(fleet[0].Network, fleet[2].Network)).Should().BeNull();
        (await PrivateFleet.TryConnectAsync(fleet[3].Network, fleet[1].Network)).Should().BeNull();
        (await PrivateFleet.TryConnectAsync(fleet[0].Network, fleet[1].Network)).Should().Be(SocketError.Success);
        await fleet.Fleet.PermitAllAsync();
        (await PrivateFleet.TryConnectAsync(fleet[3].Network, fleet[1].Network)).Should().Be(SocketError.Success);
    }

    [PrivateFleetFact]
    public async Task Rejecting_firewall_between_zones_refuses_at_once()
    {
        var (client, _) = await PrivateFleet.ConnectAsync(fleet[0].Network, fleet[2].Network);
        await fleet.Fleet.ForbidBetweenAsync(0, 1, Refusal.Reject);
        (await PrivateFleet.TryConnectAsync(fleet[0].Network, fleet[2].Network)).Should().Be(SocketError.ConnectionRefused);
        (await PrivateFleet.TryConnectAsync(fleet[2].Network, fleet[0].Network)).Should().Be(SocketError.ConnectionRefused);
        var talk = async () =>
        {
            await client.SendAsync("lost"u8.ToArray());
            await client.ReceiveAsync(new byte[1]).WaitAsync(Patience.Usual);
        };
        (await talk.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
        await fleet.Fleet.PermitAllAsync();
    }

    [PrivateFleetFact]
    public async Task Controller_reaches_hosts_by_ssh()
    {
        foreach (var host in fleet.Fleet.Hosts)
        {
            var result = await fleet.Fleet.Controller.RunAsync(
                "ssh", ["-p", $"{host.Port}", $"{host.User}@{host.Address}", "pwd; hostname -I 2>/dev/null; echo $SSH_CONNECTION"]);
            result.EnsureSuccess().Output.Should().Contain($"{fleet.Fleet.Controller.Address} ").And.Contain($" {host.Address} 22");
        }
    }
}
