using TreePush.Core.Hosts;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Syncing;

/// <summary>
/// Starts relays. Each is a program on a connection to its host; the same connection carries the forwardings that are
/// requested later.
/// </summary>
/// <param name="driver">Opens the hosts. The caller disposes of it after the relays.</param>
/// <param name="packages">The relays for all platforms: <see cref="RelayPackage.Shipped"/>.</param>
public sealed class RelayLauncher(IRemoteHostDriver driver, IReadOnlyList<RelayPackage> packages, TimeProvider time) : IRelayLauncher
{
    /// <summary>Starts a host's relay, and places it there first if it is missing. Transient failures are retried.</summary>
    /// <exception cref="RemoteException">The host can't be reached or can't run the relay; the failure says why.</exception>
    public Task<RelayProcess> StartAsync(Host host, RelayStart start, CancellationToken ct) =>
        PassingFailures.RetryAsync(host, time, () => TryStartAsync(host, start, ct), ct);

    async Task<IRelayProcess> IRelayLauncher.StartAsync(Host host, RelayStart start, CancellationToken ct) => await StartAsync(host, start, ct);

    private async Task<RelayProcess> TryStartAsync(Host host, RelayStart start, CancellationToken ct)
    {
        var relay = await RelayProcess.OpenAsync(host, await driver.OpenAsync(host, ct), start.Said, ct);
        try
        {
            await new RelayStartup(relay, packages).RunAsync(start, ct);
            return relay;
        }
        catch
        {
            await relay.DisposeAsync();
            throw;
        }
    }
}
