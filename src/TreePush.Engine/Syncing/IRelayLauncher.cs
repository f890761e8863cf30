using TreePush.Core.Hosts;

namespace TreePush.Engine.Syncing;

/// <summary>Starts relays on hosts.</summary>
internal interface IRelayLauncher
{
    /// <exception cref="Remote.RemoteException">The host can't be reached or can't run the relay; the failure says why.</exception>
    Task<IRelayProcess> StartAsync(Host host, RelayStart start, CancellationToken ct);
}
