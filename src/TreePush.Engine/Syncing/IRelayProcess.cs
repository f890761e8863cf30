using System.Net;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Syncing;

/// <summary>A relay that runs on a host, for as long as its input is open. Disposing of it ends it.</summary>
public interface IRelayProcess : IAsyncDisposable
{
    Host Host { get; }

    /// <summary>The relay's standard input; when it ends, so does the relay.</summary>
    Stream Input { get; }

    /// <summary>The relay's standard output, from behind its greeting.</summary>
    Stream Output { get; }

    /// <summary>Completes, without ever failing, when the relay or the connection to it is gone.</summary>
    Task<RelayExit> Ended { get; }

    /// <summary>The ends of the ssh connection as the host sees them; null for this machine, and where sshd does not tell.</summary>
    SshAddresses? Addresses { get; }

    /// <summary>The hash by which the relay's program is known (<see cref="RelayPackage.Hash"/>): hosts of another platform have another one.</summary>
    string Program { get; }

    /// <summary>Opens a way from the host to an IP address and port, or a Unix socket, that can be connected to from this machine, for as long as the relay runs.</summary>
    /// <returns>A port of the host's 127.0.0.1.</returns>
    /// <exception cref="Remote.RemoteException">The host's ssh server does not forward.</exception>
    Task<int> ForwardBackAsync(EndPoint end, CancellationToken ct);

    /// <summary>Opens a way from this machine to a port of the host's 127.0.0.1, through the ssh connection, for as long as the relay runs.</summary>
    /// <returns>What to connect to here: a Unix socket that only this user can open, or a port.</returns>
    /// <exception cref="Remote.RemoteException">The way could not be opened. A server that does not forward shows only when connections through it end at once.</exception>
    Task<EndPoint> ForwardToAsync(int relayPort, CancellationToken ct);
}
