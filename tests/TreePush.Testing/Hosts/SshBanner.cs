using System.Net;
using System.Net.Sockets;

namespace TreePush.Testing;

internal static class SshBanner
{
    private static readonly byte[] Start = "SSH-"u8.ToArray();

    /// <summary>Whether an ssh server answers at an address.</summary>
    /// <param name="network">Where the address is one of, if it is not one of this machine.</param>
    public static async Task<bool> AnswersAsync(
        string address, int port, MachineNetwork? network, CancellationToken cancellationToken)
    {
        using var socket = network?.OpenSocket() ?? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(address), port, cancellationToken);
            var buffer = new byte[Start.Length];
            await using var stream = new NetworkStream(socket);
            await stream.ReadExactlyAsync(buffer, cancellationToken);
            return buffer.AsSpan().SequenceEqual(Start);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
