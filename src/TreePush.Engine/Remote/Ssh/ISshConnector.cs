using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote.Ssh;

/// <summary>What an <see cref="SshHost"/> needs from an ssh client.</summary>
internal interface ISshConnector
{
    /// <summary>Makes a connection that sessions can share.</summary>
    /// <exception cref="RemoteException">No connection could be made; the failure says why.</exception>
    Task<SshConnection> ShareAsync(Host host, CancellationToken ct);

    /// <summary>Starts a shell over a connection of its own.</summary>
    /// <exception cref="RemoteException">No connection could be made. With OpenSSH a failed login shows only when the shell ends.</exception>
    Task<ShellChannel> ConnectAsync(Host host, CancellationToken ct);

    /// <summary>How long a shell over a connection of its own may take to be ready.</summary>
    LoginLimit LimitAlone(CancellationToken ct);

    /// <summary>Forwardings over connections of their own, open until they are disposed of.</summary>
    ISeparateForwards NewForwards(Host host);
}
