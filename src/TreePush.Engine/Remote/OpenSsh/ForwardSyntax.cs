using System.Net;
using System.Net.Sockets;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>The far end of a forwarding as ssh's -L and -R write it.</summary>
internal static class ForwardSyntax
{
    /// <exception cref="ArgumentException">It is neither an IP address and port nor a Unix socket.</exception>
    public static string Of(EndPoint end) => end switch
    {
        IPEndPoint ip => ip.ToString(),
        UnixDomainSocketEndPoint socket => socket.ToString(),
        _ => throw new ArgumentException($"ssh can't forward to {end}.", nameof(end)),
    };
}
