using System.Net;
using System.Net.Sockets;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

/// <summary>Hosts of a fleet share their loopback, so that a host's port can be tried, and a listener be put at it, from here.</summary>
public sealed class RelayForwardTests
{
    [FleetTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Way_back_leads_from_the_host_to_the_controller(bool share)
    {
        await using var place = await RelayPlace.StartAsync(share: share);
        await using var relay = await place.OpenAsync();
        using var server = new Greeter("controller");
        int port = await relay.ForwardBackAsync(server.Port, CancellationToken.None);
        port.Should().NotBe(server.Port);
        (await Greeter.HearAsync(new IPEndPoint(IPAddress.Loopback, port))).Should().Be("controller");
    }

    [FleetTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Way_there_leads_from_the_controller_to_the_host(bool share)
    {
        await using var place = await RelayPlace.StartAsync(share: share);
        await using var relay = await place.OpenAsync();
        using var server = new Greeter("host");
        (await Greeter.HearAsync(await relay.ForwardToAsync(server.Port, CancellationToken.None))).Should().Be("host");
    }

    [FleetTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_hosts_are_joined_through_the_controller(bool share)
    {
        await using var place = await RelayPlace.StartAsync(share: share, hosts: 2);
        await using var parent = await place.OpenAsync();
        await using var child = await place.OpenAsync(host: 1);
        using var server = new Greeter("parent");
        int port = await child.ForwardBackAsync(await parent.ForwardToAsync(server.Port, CancellationToken.None), CancellationToken.None);
        (await Greeter.HearAsync(new IPEndPoint(IPAddress.Loopback, port))).Should().Be("parent");
    }

    [FleetTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Server_that_does_not_forward_is_told(bool share)
    {
        await using var place = await RelayPlace.StartAsync(new HostOptions { SshdLines = ["AllowTcpForwarding no"] }, share);
        await using var relay = await place.OpenAsync();
        var forward = () => relay.ForwardBackAsync(9, CancellationToken.None);
        var failure = (await forward.Should().ThrowAsync<RemoteException>()).Which.Failure;
        failure.Kind.Should().Be(FailureKind.ForwardingRefused);
        failure.Hint.Should().Contain("AllowTcpForwarding");
        (await StandIn.EchoAsync(relay, 1, 2, 3)).Should().Equal(1, 2, 3);
    }

    [FleetFact]
    public async Task Ways_end_with_the_relay()
    {
        await using var place = await RelayPlace.StartAsync();
        using var server = new Greeter("controller");
        int port;
        await using (var relay = await place.OpenAsync()) port = await relay.ForwardBackAsync(server.Port, CancellationToken.None);
        await Wait.UntilAsync(() => !Greeter.Listens(port), Patience.Usual, () => "the host still listens");
    }

    /// <summary>Says its name to all who connect.</summary>
    private sealed class Greeter : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public Greeter(string name)
        {
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _serving = ServeAsync(name);
        }

        public int Port { get; }

        public static async Task<string> HearAsync(EndPoint end)
        {
            using var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(end);
            using var reader = new StreamReader(new NetworkStream(socket));
            return await reader.ReadToEndAsync();
        }

        public static bool Listens(int port)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        public void Dispose()
        {
            _listener.Dispose();
            _serving.GetAwaiter().GetResult();
        }

        private async Task ServeAsync(string name)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await using var writer = new StreamWriter(client.GetStream());
                    await writer.WriteAsync(name);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
