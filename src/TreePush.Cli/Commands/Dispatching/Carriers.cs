using TreePush.Core.Dispatching;
using TreePush.Engine.Dispatching;
using TreePush.Engine.Dispatching.Delivering;
using TreePush.Engine.Dispatching.Ftp;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.Ssh;
using TreePush.Engine.Runs;
using TreePush.Engine.Syncing;

namespace TreePush.Cli.Commands.Dispatching;

/// <summary>The ways by which packages get to hosts.</summary>
internal sealed class Carriers : IAsyncDisposable
{
    private readonly DriverBook _drivers;

    /// <param name="warn">Told what a person should know.</param>
    /// <param name="debug">Gets ssh's command lines.</param>
    public Carriers(DispatchSettings settings, SshSecrets secrets, DispatchConfig config, DispatchFolder folder, Action<string> warn, Action<string> debug)
    {
        var time = TimeProvider.System;
        IRemoteHostDriver NewDriver(string? password)
        {
            var own = secrets with { Password = password ?? secrets.Password };
            return new HostConnections(new HostDrivers(new LocalDriver(time), SshClients.NewDriver(settings.Ssh, own, time, debug)), time);
        }

        _drivers = new DriverBook(NewDriver);
        var ftp = new FtpDelivery(new FtpOptions { CaFile = config.CertificateAuthorities }, time, warn);
        Carrier = new PackageCarrier(new SshDelivery(_drivers, time), new FleetDelivery(_drivers, NewWork, time), new Installer(_drivers, folder.Logs, time), ftp.DeliverAsync);
    }

    public IPackageCarrier Carrier { get; }

    public ValueTask DisposeAsync() => _drivers.DisposeAsync();

    /// <summary>A file that takes the place of an older one of its name. Equal size and time prove nothing about a package, so contents are compared.</summary>
    private static Work NewWork(string source, string destination) => new SyncWork { Source = source, Destination = destination, Checksum = true };
}
