using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Dispatching.Delivering;

/// <summary>Chooses how a package gets to its hosts: a copy over ssh to one host, a sync to several, FTP where a rule or a closed ssh port asks for it.</summary>
/// <param name="ftp">Brings a package to one host over FTP.</param>
public sealed class PackageCarrier(
    SshDelivery ssh, FleetDelivery fleet, Installer installer, Func<StagedPackage, string, HostAccess, CancellationToken, Task<DeliveryOutcome>> ftp) : IPackageCarrier
{
    public async Task DeliverAsync(StagedPackage package, string folder, IReadOnlyList<HostAccess> hosts, Action<HostName, DeliveryOutcome> each, CancellationToken ct)
    {
        var gate = new Lock();
        void Tell(HostName host, DeliveryOutcome outcome)
        {
            lock (gate) each(host, outcome);
        }

        var (many, alone) = Divide(hosts);
        var ways = alone.Select(host => DeliverAsync(package, folder, host, Tell, ct)).ToList();
        if (many.Count > 0) ways.Add(DeliverToFleetAsync(package, folder, many, Tell, ct));
        await Task.WhenAll(ways);
    }

    public Task<InstallOutcome> InstallAsync(StagedPackage package, DeliveryOutcome delivered, HostAccess host, string command, TimeSpan limit, CancellationToken ct) =>
        installer.InstallAsync(package, delivered, host, command, limit, ct);

    /// <summary>Those that a sync can serve together. This machine is the source of such a sync, and so can't be its target.</summary>
    private static (IReadOnlyList<HostAccess> Many, IReadOnlyList<HostAccess> Alone) Divide(IReadOnlyList<HostAccess> hosts)
    {
        HostAccess[] many = [.. hosts.Where(h => h.Via is Transport.Auto or Transport.Ssh && h.Host.Name != HostName.Local).DistinctBy(h => h.Host.Name)];
        return many.Length > 1 ? (many, [.. hosts.Except(many)]) : ([], hosts);
    }

    private async Task DeliverAsync(StagedPackage package, string folder, HostAccess access, Action<HostName, DeliveryOutcome> tell, CancellationToken ct)
    {
        bool isOverFtp = access.Via is Transport.Ftp or Transport.Ftps;
        var outcome = isOverFtp ? await ftp(package, folder, access, ct) : await ssh.DeliverAsync(package, folder, access, ct);
        if (IsForFtp(access, outcome)) outcome = await ftp(package, folder, access, ct);
        tell(access.Host.Name, outcome);
    }

    private async Task DeliverToFleetAsync(StagedPackage package, string folder, IReadOnlyList<HostAccess> hosts, Action<HostName, DeliveryOutcome> tell, CancellationToken ct)
    {
        var overFtp = new List<Task>();
        try
        {
            await fleet.DeliverAsync(package, folder, hosts, (name, outcome) =>
            {
                var access = hosts.First(h => h.Host.Name == name);
                if (IsForFtp(access, outcome)) overFtp.Add(Task.Run(() => FallBackAsync(access)));
                else tell(name, outcome);
            }, ct);
        }
        finally
        {
            await Task.WhenAll(overFtp);
        }

        async Task FallBackAsync(HostAccess access) => tell(access.Host.Name, await ftp(package, folder, access, ct));
    }

    private static bool IsForFtp(HostAccess access, DeliveryOutcome outcome) =>
        access.Via == Transport.Auto && outcome.Failure?.Kind is FailureKind.HostRefused or FailureKind.HostUnreachable;
}
