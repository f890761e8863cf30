using System.Net;
using System.Net.Sockets;
using TreePush.Core.Hosts;
using TreePush.Core.Syncing;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;

namespace TreePush.Engine.Syncing;

/// <summary>Forwardings asked of the shared connection that carries the relay; they end with it.</summary>
internal sealed class SharedForwards(Host host, SocketFolder sockets, Action<string> debug) : IRelayForwards
{
    /// <summary>The connection's own socket, by which it is asked.</summary>
    public string Socket { get; } = sockets.NextSocket();

    public async Task<int> BackAsync(EndPoint end, CancellationToken ct)
    {
        var printed = await AskAsync("-R", $"127.0.0.1:0:{ForwardSyntax.Of(end)}", ct);
        foreach (string line in printed)
            if (ushort.TryParse(line, out ushort port)) return port;
        throw new RemoteException(RelayDiagnosis.OfForwarding(host, printed));
    }

    public async Task<EndPoint> ToAsync(int port, CancellationToken ct)
    {
        string socket = sockets.NextSocket();
        await AskAsync("-L", $"{socket}:127.0.0.1:{port}", ct);
        return new UnixDomainSocketEndPoint(socket);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IReadOnlyList<string>> AskAsync(string direction, string forwarding, CancellationToken ct)
    {
        var arguments = SshCommandLine.Forward(host, Socket, direction, forwarding);
        debug(SshCommandLine.Shown(arguments));
        using var ssh = ChildProgram.Start("ssh", arguments);
        List<string> printed = [];
        await ssh.ReadLinesAsync(line => printed.Add(line.Text), ct);
        return await ssh.WaitAsync(ct) == 0 ? printed : throw new RemoteException(RelayDiagnosis.OfForwarding(host, printed));
    }
}
