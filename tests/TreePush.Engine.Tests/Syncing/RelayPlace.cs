using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Syncing;
using TreePush.Engine.Tests.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

/// <summary>One host to start relays on. It has a /var/tmp of its own.</summary>
internal sealed class RelayPlace : IAsyncDisposable
{
    private readonly Fleet _fleet;
    private readonly IRemoteHostDriver _driver;
    private readonly RelayLauncher _launcher;

    private RelayPlace(Fleet fleet, SshKind kind, IReadOnlyList<RelayPackage> packages)
    {
        (_fleet, _driver) = (fleet, kind.NewDriver(fleet));
        _launcher = new RelayLauncher(_driver, packages, TimeProvider.System);
    }

    public FleetHost Machine => _fleet.Hosts[0];

    public string Cache => Path.Combine(Machine.HomeDirectory, ".cache", "treepush");

    public IEnumerable<string> Placed => Directory.Exists(Cache) ? Directory.GetFiles(Cache).Select(f => Path.GetFileName(f)) : [];

    public static async Task<RelayPlace> StartAsync(
        HostOptions? options = null, SshKind kind = SshKind.Shared, IReadOnlyList<RelayPackage>? packages = null, int hosts = 1)
    {
        var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = hosts, EveryHost = options ?? new HostOptions() });
        foreach (var host in fleet.Hosts) await host.AdministerAsync("mount -t tmpfs none /var/tmp");
        return new RelayPlace(fleet, kind, packages ?? [StandIn.Package]);
    }

    public Task<RelayProcess> OpenAsync(RelayStart? start = null, int host = 0, string? user = null)
    {
        var machine = _fleet.Hosts[host];
        return _launcher.StartAsync(new Host(machine.Address, machine.Port, user ?? machine.User), start ?? new RelayStart(), CancellationToken.None);
    }

    /// <summary>Why there is no relay.</summary>
    public async Task<Failure> RefusalAsync(RelayStart? start = null, string? user = null)
    {
        var open = async () => await (await OpenAsync(start, user: user)).DisposeAsync();
        return (await open.Should().ThrowAsync<RemoteException>()).Which.Failure;
    }

    public async ValueTask DisposeAsync()
    {
        await _driver.DisposeAsync();
        await _fleet.DisposeAsync();
    }
}
