using System.Security.Cryptography;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching;
using TreePush.Engine.Dispatching.Delivering;
using TreePush.Engine.Remote;
using TreePush.Engine.Syncing;
using TreePush.Engine.Tests.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Delivering;

/// <summary>Hosts, packages for them, and all that brings the ones to the others.</summary>
internal sealed class DeliveryPlace : IAsyncDisposable
{
    private readonly Temporary _staging = new();
    private readonly DriverBook _drivers;

    private DeliveryPlace(Fleet fleet, SshKind kind)
    {
        Fleet = fleet;
        _drivers = new DriverBook(password => new HostConnections(
            new HostDrivers(new LocalDriver(TimeProvider.System), kind.NewDriver(fleet, password: password)), TimeProvider.System));
        Ssh = new SshDelivery(_drivers, TimeProvider.System);
        Many = new FleetDelivery(_drivers, (src, dest) => new SyncWork { Source = src, Destination = dest, Checksum = true }, TimeProvider.System);
        Installer = new Installer(_drivers, _staging["logs"], TimeProvider.System);
        Carrier = new PackageCarrier(Ssh, Many, Installer, (_, _, host, _) => throw new InvalidOperationException($"{host} is reached over FTP."));
    }

    public Fleet Fleet { get; }

    public SshDelivery Ssh { get; }

    public FleetDelivery Many { get; }

    public Installer Installer { get; }

    public PackageCarrier Carrier { get; }

    public FleetHost Machine => Fleet.Hosts[0];

    public IReadOnlyList<HostAccess> Hosts => [.. Fleet.Hosts.Select(h => Access(h))];

    public static async Task<DeliveryPlace> StartAsync(SshKind kind = SshKind.Shared, int hosts = 1, HostOptions? options = null) =>
        new(await Fleet.StartAsync(new FleetOptions { Hosts = hosts, EveryHost = options ?? new HostOptions() }), kind);

    public static DeliveryPlace At(Fleet fleet, SshKind kind) => new(fleet, kind);

    public static HostAccess Access(FleetHost host, string? password = null, Transport via = Transport.Ssh) =>
        new(new Host(host.Address, host.Port, host.User), password, via);

    /// <summary>A package of random content.</summary>
    public StagedPackage Stage(string name, int size) => Stage(name, RandomNumberGenerator.GetBytes(size));

    public StagedPackage Stage(string name, byte[] content)
    {
        string id = Guid.NewGuid().ToString("n")[..12];
        File.WriteAllBytes(_staging[id], content);
        File.SetUnixFileMode(_staging[id], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new StagedPackage(id, name, _staging[id], content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    /// <summary>A folder at the hosts, as they see it and as the tests do.</summary>
    public string Inside(string folder) => Path.Combine(Fleet.DataPath, folder);

    public static string Outside(FleetHost host, string path) => Path.Combine(host.DataDirectory, path);

    public static bool Has(string file, StagedPackage package) => File.Exists(file) && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) == package.Sha256;

    public Task<DeliveryOutcome> DeliverAsync(StagedPackage package, string folder, CancellationToken ct = default) =>
        Ssh.DeliverAsync(package, folder, Access(Machine), ct);

    /// <summary>Delivers a package to the first host, and runs a command there.</summary>
    public async Task<InstallOutcome> InstallAsync(string command, StagedPackage? package = null, TimeSpan? limit = null, CancellationToken ct = default)
    {
        package ??= Stage("package", 10);
        var delivered = await DeliverAsync(package, Inside("in"), ct);
        return await Installer.InstallAsync(package, delivered, Access(Machine), command, limit ?? Patience.WithHeartbeats, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _drivers.DisposeAsync();
        await Fleet.DisposeAsync();
        _staging.Dispose();
    }
}
