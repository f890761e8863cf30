using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote;

/// <summary>A way to reach hosts.</summary>
public interface IRemoteHostDriver : IAsyncDisposable
{
    /// <exception cref="RemoteException">The host could not be reached; the failure says why.</exception>
    Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct);
}
