using System.Net;
using System.Net.Sockets;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>A forwarding's far end in the syntax of ssh's -L and -R.</summary>
internal static class ForwardSyntax
{
    /// <exception cref="ArgumentException">The end is neither an IP address and port nor a Unix socket.</exception>
    public static string Of(EndPoint end) => end switch
    {
        IPEndPoint ip => ip.ToString(),
        UnixDomainSocketEndPoint socket => socket.ToString(),
        _ => throw new ArgumentException($"ssh can't forward to {end}.", nameof(end)),
    };
}
