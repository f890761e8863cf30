using System.Net;
using Renci.SshNet;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// Forwardings through the SSH.NET library, each over a connection of its own. The library has one thread for everything
/// that arrives on a connection, and a forwarding with a slow end would block everything else on it.
/// </summary>
internal sealed class BuiltinForwards(Host host, Func<Host, CancellationToken, Task<SshLink>> connect) : ISeparateForwards
{
    private readonly ForwardConnections<SshLink> _links = new(host);

    /// <exception cref="NotSupportedException">The end is a Unix socket. <see cref="ToHostAsync"/> of this client never returns one.</exception>
    public async Task<int> ToHereAsync(EndPoint end, CancellationToken ct)
    {
        if (end is not IPEndPoint ip) throw new NotSupportedException("The builtin client forwards to IP addresses only.");
        var port = new ForwardedPortRemote(IPAddress.Loopback, 0, ip.Address, (uint)ip.Port);
        await StartAsync(port, ct);
        return (int)port.BoundPort;
    }

    public async Task<EndPoint> ToHostAsync(int port, CancellationToken ct)
    {
        var way = new ForwardedPortLocal("127.0.0.1", 0, "127.0.0.1", (uint)port);
        await StartAsync(way, ct);
        return new IPEndPoint(IPAddress.Loopback, (int)way.BoundPort);
    }

    public ValueTask DisposeAsync() => _links.DisposeAsync();

    private async Task StartAsync(ForwardedPort port, CancellationToken ct)
    {
        var link = await connect(host, ct);
        try
        {
            await _links.KeepAsync(link, () => link.StartAsync(port, ct));
        }
        catch (RemoteException e) when (e.IsRefusal)
        {
            throw new RemoteException(SshDiagnosis.OfForwarding(host, e.Complaints));
        }
    }
}
