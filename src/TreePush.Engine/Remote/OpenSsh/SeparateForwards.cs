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
    private readonly List<HostShell> _connections = [];

    public async Task<int> ToHereAsync(EndPoint end, CancellationToken ct)
    {
        var printed = await OpenAsync("-R", $"127.0.0.1:0:{ForwardSyntax.Of(end)}", ct);
        var allocated = printed.Select(line => Allocated().Match(line)).FirstOrDefault(match => match.Success);
        return allocated is null
            ? throw new RemoteException(SshDiagnosis.OfForwarding(host, printed))
            : int.Parse(allocated.Groups[1].Value);
    }

    public async Task<EndPoint> ToHostAsync(int port, CancellationToken ct)
    {
        var here = FreePort();
        await OpenAsync("-L", $"{here}:127.0.0.1:{port}", ct);
        return here;
    }

    public async ValueTask DisposeAsync()
    {
        HostShell[] connections;
        lock (_connections) connections = [.. _connections];
        await Task.WhenAll(connections.Select(c => c.DisposeAsync().AsTask()));
    }

    /// <returns>What ssh printed while it set up the forwarding.</returns>
    private async Task<IReadOnlyList<string>> OpenAsync(string direction, string forwarding, CancellationToken ct)
    {
        try
        {
            var connection = await driver.ForwardAloneAsync(host, direction, forwarding, ct);
            lock (_connections) _connections.Add(connection);
            return connection.Complaints;
        }
        catch (RemoteException e) when (e.Failure.Kind == FailureKind.HostUnusable)
        {
            throw new RemoteException(SshDiagnosis.OfForwarding(host, [e.Failure.Message]));
        }
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
