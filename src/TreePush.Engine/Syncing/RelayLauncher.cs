using TreePush.Core.Hosts;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Syncing;

/// <summary>Starts relays: each is a program on a connection to its host, which carries the forwardings that are asked for later.</summary>
/// <param name="driver">The way to hosts. Whoever made it disposes of it, after the relays.</param>
/// <param name="packages">The relays there are; <see cref="RelayPackage.Shipped"/>.</param>
public sealed class RelayLauncher(IRemoteHostDriver driver, IReadOnlyList<RelayPackage> packages, TimeProvider time) : IRelayLauncher
{
    /// <summary>Starts a host's relay, and places it there first where it is not yet; what only passes is tried again.</summary>
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
