using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote;

/// <summary>Reaches this machine without ssh and all others with it.</summary>
public sealed class HostDrivers(IRemoteHostDriver local, IRemoteHostDriver ssh) : IRemoteHostDriver
{
    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => (host.IsLocal ? local : ssh).OpenAsync(host, ct);

    public async ValueTask DisposeAsync()
    {
        await local.DisposeAsync();
        await ssh.DisposeAsync();
    }
}
