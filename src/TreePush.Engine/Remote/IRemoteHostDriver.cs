using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote;

/// <summary>A way to reach hosts.</summary>
public interface IRemoteHostDriver : IAsyncDisposable
{
    /// <exception cref="RemoteException">The host could not be reached; the failure says why.</exception>
    Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct);

    /// <summary>
    /// Opens a host for several users, who come and go: no program takes the connection's own shell, with which the connection would end.
    /// So a program costs a session, which <see cref="OpenAsync"/> saves.
    /// </summary>
    /// <exception cref="RemoteException">The host could not be reached; the failure says why.</exception>
    Task<IRemoteHost> OpenToShareAsync(Host host, CancellationToken ct) => OpenAsync(host, ct);
}
