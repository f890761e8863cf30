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

    /// <inheritdoc cref="Remote.IRemoteHost.ForwardToHereAsync"/>
    Task<int> ForwardToHereAsync(EndPoint end, CancellationToken ct);

    /// <inheritdoc cref="Remote.IRemoteHost.ForwardToHostAsync"/>
    Task<EndPoint> ForwardToHostAsync(int port, CancellationToken ct);
}
