using System.Net;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Syncing;

/// <summary>A relay that runs on a host as long as its input is open. Disposing of it ends it.</summary>
public interface IRelayProcess : IAsyncDisposable
{
    Host Host { get; }

    /// <summary>The relay's standard input. The relay ends when its input does.</summary>
    Stream Input { get; }

    /// <summary>The relay's standard output behind its greeting.</summary>
    Stream Output { get; }

    /// <summary>Completes when the relay or the connection to it is gone. Never fails.</summary>
    Task<RelayExit> Ended { get; }

    /// <summary>
    /// The two ends of the ssh connection as the host sees them; null for this machine, and if sshd does not report them.
    /// </summary>
    SshAddresses? Addresses { get; }

    /// <summary>
    /// The hash that identifies the relay's program (<see cref="RelayPackage.Hash"/>). Each platform has another one.
    /// </summary>
    string Program { get; }

    /// <inheritdoc cref="Remote.IRemoteHost.ForwardToHereAsync"/>
    Task<int> ForwardToHereAsync(EndPoint end, CancellationToken ct);

    /// <inheritdoc cref="Remote.IRemoteHost.ForwardToHostAsync"/>
    Task<EndPoint> ForwardToHostAsync(int port, CancellationToken ct);
}
