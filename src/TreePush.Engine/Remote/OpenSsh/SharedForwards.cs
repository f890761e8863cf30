using System.Net;
using System.Net.Sockets;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>Forwardings requested from a shared connection. They end with it.</summary>
/// <param name="connection">The control socket of the connection.</param>
internal sealed class SharedForwards(SshDriver driver, Host host, string connection) : IForwards
{
    public async Task<int> ToHereAsync(EndPoint end, CancellationToken ct)
    {
        var printed = await AskAsync("-R", $"127.0.0.1:0:{ForwardSyntax.Of(end)}", ct);
        foreach (string line in printed)
            if (ushort.TryParse(line, out ushort port)) return port;
        throw new RemoteException(SshDiagnosis.OfForwarding(host, printed));
    }

    public async Task<EndPoint> ToHostAsync(int port, CancellationToken ct)
    {
        string socket = driver.NextSocket();
        await AskAsync("-L", $"{socket}:127.0.0.1:{port}", ct);
        return new UnixDomainSocketEndPoint(socket);
    }

    /// <returns>What ssh printed.</returns>
    private async Task<IReadOnlyList<string>> AskAsync(string direction, string forwarding, CancellationToken ct)
    {
        using var ssh = driver.AskToForward(host, connection, direction, forwarding);
        List<string> printed = [];
        await ssh.ReadLinesAsync(line => printed.Add(line.Text), ct);
        return await ssh.WaitAsync(ct) == 0 ? printed : throw new RemoteException(SshDiagnosis.OfForwarding(host, printed));
    }
}
