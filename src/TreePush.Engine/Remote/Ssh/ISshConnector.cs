using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote.Ssh;

/// <summary>What differs between the ssh clients for an <see cref="SshHost"/>.</summary>
internal interface ISshConnector
{
    /// <summary>Makes a connection that sessions can share.</summary>
    /// <exception cref="RemoteException">No connection could be made; the failure says why.</exception>
    Task<SshConnection> ShareAsync(Host host, CancellationToken ct);

    /// <summary>Starts a shell over a connection of its own.</summary>
    /// <exception cref="RemoteException">No connection could be made, where that is known by now.</exception>
    Task<ShellChannel> ConnectAsync(Host host, CancellationToken ct);

    /// <summary>How long a shell over a connection of its own may take to answer.</summary>
    LoginLimit LimitAlone(CancellationToken ct);

    /// <summary>Ways through connections of their own, which stand until they are disposed of.</summary>
    ISeparateForwards NewForwards(Host host);
}
