using System.Net;
using System.Net.Sockets;

namespace TreePush.Testing.Tests.Networks;

/// <summary>Two zones of two hosts for the tests of the network, which undo what they do to it.</summary>
public sealed class PrivateFleet() : SharedFleet(new FleetOptions { Network = NetworkKind.Private, Hosts = 4, Zones = 2 })
{
    /// <summary>For what is not to happen: long against the microseconds in which it would.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(300);

    internal FleetHost this[int index] => Fleet.Hosts[index];

    /// <summary>A connection between two hosts that stands.</summary>
    internal static async Task<(Socket Client, Socket Server)> ConnectAsync(MachineNetwork client, MachineNetwork server)
    {
        using var listener = server.OpenSocket();
        listener.Bind(new IPEndPoint(IPAddress.Any, 0));
        listener.Listen();
        var socket = client.OpenSocket();
        await socket.ConnectAsync(IPAddress.Parse(server.Address), ((IPEndPoint)listener.LocalEndPoint!).Port);
        return (socket, await listener.AcceptAsync());
    }

    /// <summary>How an attempt to connect to ssh ends; null when it does not within a while.</summary>
    internal static async Task<SocketError?> TryConnectAsync(MachineNetwork client, MachineNetwork server)
    {
        using var socket = client.OpenSocket();
        using var limit = new CancellationTokenSource(Silence);
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(server.Address), 22, limit.Token);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Whether nothing is heard, not even that the connection has ended.</summary>
    internal static async Task<bool> IsSilentAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(Silence);
        try
        {
            await socket.ReceiveAsync(new byte[1], limit.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
