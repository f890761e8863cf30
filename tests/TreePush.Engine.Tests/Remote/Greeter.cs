using System.Net;
using System.Net.Sockets;

namespace TreePush.Engine.Tests.Remote;

/// <summary>Says its name to all who connect to a port of this machine.</summary>
internal sealed class Greeter : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public Greeter(string name)
    {
        _listener.Start();
        End = (IPEndPoint)_listener.LocalEndpoint;
        _serving = ServeAsync(name);
    }

    public IPEndPoint End { get; }

    /// <summary>What is said there.</summary>
    public static async Task<string> HearAsync(EndPoint end)
    {
        using var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(end);
        using var reader = new StreamReader(new NetworkStream(socket));
        return await reader.ReadToEndAsync();
    }

    /// <summary>What is said at a port of 127.0.0.1, which hosts of a fleet share with this machine.</summary>
    public static Task<string> HearAsync(int port) => HearAsync(new IPEndPoint(IPAddress.Loopback, port));

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
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The test is over: the listener was closed while it waited, or between two clients.
        }
    }
}
