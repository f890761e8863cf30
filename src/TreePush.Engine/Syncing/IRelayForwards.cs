using System.Net;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Syncing;

/// <summary>Ways between this machine and a relay's host that need no port open to the other.</summary>
internal interface IRelayForwards : IAsyncDisposable
{
    /// <returns>The port of the host's 127.0.0.1 that leads to <paramref name="end"/> here.</returns>
    /// <exception cref="RemoteException">The server does not forward.</exception>
    Task<int> BackAsync(EndPoint end, CancellationToken ct);

    /// <returns>What here leads to a port of the host's 127.0.0.1.</returns>
    /// <exception cref="RemoteException">The way could not be opened.</exception>
    Task<EndPoint> ToAsync(int port, CancellationToken ct);
}
