using TreePush.Core.Hosts;
using TreePush.Engine.Remote.SshNet;

namespace TreePush.Engine.Remote;

/// <summary>Reaches this machine without ssh, and all other hosts with it.</summary>
public sealed class HostDrivers(IRemoteHostDriver local, IRemoteHostDriver ssh) : IRemoteHostDriver
{
    /// <summary>
    /// Asks the user for the passphrases that the ssh client needs for these hosts, before anything else uses the
    /// terminal.
    /// </summary>
    public void Unlock(IEnumerable<Host> hosts) => (ssh as SshNetDriver)?.Unlock(hosts.Where(h => !h.IsLocal));

    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => (host.IsLocal ? local : ssh).OpenAsync(host, ct);

    public Task<IRemoteHost> OpenToShareAsync(Host host, CancellationToken ct) => (host.IsLocal ? local : ssh).OpenToShareAsync(host, ct);

    public async ValueTask DisposeAsync()
    {
        await local.DisposeAsync();
        await ssh.DisposeAsync();
    }
}
