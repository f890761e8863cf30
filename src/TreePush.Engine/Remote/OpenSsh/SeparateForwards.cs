using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>
/// Forwardings where connections can't be shared, as on Windows. Each has a connection of its own, held open by a waiting
/// shell.
/// </summary>
internal sealed partial class SeparateForwards(SshDriver driver, Host host) : ISeparateForwards
{
    private readonly ForwardConnections<HostShell> _connections = new(host);

    public Task<int> ToHereAsync(EndPoint end, CancellationToken ct) => OpenAsync("-R", $"127.0.0.1:0:{ForwardSyntax.Of(end)}", PortIn, ct);

    public async Task<EndPoint> ToHostAsync(int port, CancellationToken ct)
    {
        var here = FreePort();
        return await OpenAsync("-L", $"{here}:127.0.0.1:{port}", _ => here, ct);
    }

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    /// <param name="read">Reads the result from what ssh printed while it set up the forwarding.</param>
    private async Task<T> OpenAsync<T>(string direction, string forwarding, Func<IReadOnlyList<string>, T> read, CancellationToken ct)
    {
        try
        {
            var connection = await driver.ForwardAloneAsync(host, direction, forwarding, ct);
            return await _connections.KeepAsync(connection, () => Task.FromResult(read(connection.Complaints)));
        }
        catch (RemoteException e) when (e.Failure.Kind == FailureKind.HostUnusable)
        {
            throw new RemoteException(SshDiagnosis.OfForwarding(host, [e.Failure.Message]));
        }
    }

    /// <summary>The port that the server has chosen.</summary>
    private int PortIn(IReadOnlyList<string> printed)
    {
        var allocated = printed.Select(line => Allocated().Match(line)).FirstOrDefault(match => match.Success);
        return allocated is null
            ? throw new RemoteException(SshDiagnosis.OfForwarding(host, printed))
            : int.Parse(allocated.Groups[1].Value);
    }

    /// <summary>A port that is free now. If another process takes it before ssh does, ssh ends with an error.</summary>
    private static IPEndPoint FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    [GeneratedRegex("^Allocated port ([0-9]+) for remote forward", RegexOptions.CultureInvariant)]
    private static partial Regex Allocated();
}
