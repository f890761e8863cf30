using System.Net;
using System.Net.Sockets;

namespace TreePush.Testing;

/// <summary>A port of 127.0.0.1 that nobody uses at the moment. Another program may still be faster to take it.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
