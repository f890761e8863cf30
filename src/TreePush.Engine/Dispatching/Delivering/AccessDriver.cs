using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Dispatching.Delivering;

/// <summary>Reaches each host of a rule by the driver that has its password. The drivers belong to the book.</summary>
internal sealed class AccessDriver(DriverBook drivers, IReadOnlyList<HostAccess> hosts) : IRemoteHostDriver
{
    private readonly Dictionary<HostName, HostAccess> _hosts = hosts.ToDictionary(h => h.Host.Name);

    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => drivers.For(_hosts.GetValueOrDefault(host.Name)?.Password).OpenAsync(host, ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
