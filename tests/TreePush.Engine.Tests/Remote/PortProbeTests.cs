using System.Net;
using System.Net.Sockets;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

public sealed class PortProbeTests : IDisposable
{
    private readonly List<Socket> _sockets = [];

    [Fact]
    public async Task A_port_at_which_somebody_listens_has_answered() =>
        (await ProbeAsync(new Host("127.0.0.1", Listen()))).Should().Be(PortState.Answered);

    [Fact]
    public async Task A_port_at_which_nobody_listens_is_silent() =>
        (await ProbeAsync(new Host("127.0.0.1", 9))).Should().Be(PortState.Silent);

    [Fact]
    public async Task A_port_that_drops_connections_is_silent() =>
        (await ProbeAsync(new Host("127.0.0.1", Overcrowd()))).Should().Be(PortState.Silent);

    [Fact]
    public async Task A_name_that_nobody_knows_is_unknown() =>
        (await ProbeAsync(new Host("no-such-host.invalid"))).Should().Be(PortState.Unknown);

    [Fact]
    public async Task A_name_is_looked_up() =>
        (await ProbeAsync(new Host("localhost", Listen()))).Should().Be(PortState.Answered);

    [Fact]
    public async Task All_are_answered_for_once_and_the_living_do_not_wait_for_the_dead()
    {
        int live = Listen(), dead = Overcrowd();
        List<Host> hosts = [.. Enumerable.Range(1, 300).Select(n => new Host($"127.0.{n / 200}.{1 + (n % 200)}", dead)), new Host("127.0.0.1", live)];
        var told = new List<IReadOnlyList<ProbedHost>>();
        await new PortProbe(TimeProvider.System).RunAsync(hosts, told.Add, CancellationToken.None);
        told.SelectMany(t => t).Select(p => p.Host).Should().BeEquivalentTo(hosts.Select(h => h.Name));
        told[0].Should().Contain(new ProbedHost(hosts[^1].Name, PortState.Answered));
        told[0].Should().NotContain(p => p.Port == PortState.Silent);
    }

    [Fact]
    public async Task Where_a_sample_of_many_hosts_answers_the_rest_is_not_probed()
    {
        int port = Listen(backlog: 1000);
        List<Host> hosts = [.. Enumerable.Range(1, 200).Select(n => new Host($"127.0.0.{n}", port))];
        var told = new List<ProbedHost>();
        await new PortProbe(TimeProvider.System) { SampleTime = Patience.Usual }.RunAsync(hosts, told.AddRange, CancellationToken.None);
        told.Select(p => p.Host).Should().BeEquivalentTo(hosts.Select(h => h.Name));
        told.Where(p => p.Port == PortState.Answered).Should().HaveCountGreaterThanOrEqualTo(32).And.HaveCountLessThan(40);
        told.Should().NotContain(p => p.Port == PortState.Silent);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(190)]
    public async Task Where_one_of_the_sample_is_down_all_are_probed(int place)
    {
        int port = Listen(backlog: 1000);
        List<Host> hosts = [.. Enumerable.Range(1, 200).Select(n => new Host($"127.0.0.{n}", n - 1 >= place && n - 1 < place + 20 ? 9 : port))];
        var told = new List<ProbedHost>();
        await new PortProbe(TimeProvider.System).RunAsync(hosts, told.AddRange, CancellationToken.None);
        told.Count(p => p.Port == PortState.Answered).Should().Be(hosts.Count(h => h.Port == port));
    }

    [Fact]
    public async Task A_run_that_ends_ends_its_probe()
    {
        using var cts = new CancellationTokenSource();
        await cts.CancelAsync();
        (await ProbeAsync(new Host("127.0.0.1", Overcrowd()), cts.Token)).Should().NotBe(PortState.Answered);
    }

    [Theory]
    [InlineData(64, 16)]
    [InlineData(1024, 412)]
    [InlineData(1 << 20, 1000)]
    public void Connections_keep_within_the_limit_on_descriptors(int limit, int connections) =>
        DescriptorLimit.ForConnections(limit).Should().Be(connections);

    public void Dispose() => _sockets.ForEach(s => s.Dispose());

    private static async Task<PortState> ProbeAsync(Host host, CancellationToken ct = default)
    {
        var told = new List<ProbedHost>();
        await new PortProbe(TimeProvider.System).RunAsync([host], told.AddRange, ct);
        return told.Should().ContainSingle().Which.Port;
    }

    private int Listen(int backlog = 100)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(socket);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        socket.Listen(backlog);
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>A port whose queue is full: the kernel drops what comes, as a firewall does.</summary>
    private int Overcrowd()
    {
        int port = Listen(backlog: 0);
        for (int i = 0; i < 4; i++)
        {
            var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _sockets.Add(caller);
            try
            {
                caller.Connect(IPAddress.Loopback, port);
            }
            catch (SocketException)
            {
                // It goes on by itself, or waits for good.
            }
        }

        return port;
    }
}
