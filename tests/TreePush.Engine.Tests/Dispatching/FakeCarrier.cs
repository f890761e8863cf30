using System.Collections.Concurrent;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching;

namespace TreePush.Engine.Tests.Dispatching;

/// <summary>Delivers and installs as a test says, and notes what it was asked for.</summary>
internal sealed class FakeCarrier : IPackageCarrier
{
    public ConcurrentQueue<string> Deliveries { get; } = [];

    public ConcurrentQueue<string> Installs { get; } = [];

    public Func<HostName, CancellationToken, Task<DeliveryOutcome>> Deliver { get; set; } = (_, _) => Task.FromResult(Delivered);

    public Func<HostName, CancellationToken, Task<InstallOutcome>> Install { get; set; } = (_, _) => Task.FromResult(new InstallOutcome(InstallEnd.Done, null));

    public static DeliveryOutcome Delivered => new("/opt/in", "/opt/in/p.tgz", "sha256", null);

    public Task DeliverAsync(StagedPackage package, string folder, IReadOnlyList<HostAccess> hosts, Action<HostName, DeliveryOutcome> each, CancellationToken ct) =>
        Task.WhenAll(hosts.Select(async h =>
        {
            Deliveries.Enqueue($"{package.Name} to {h.Host}");
            each(h.Host.Name, await Deliver(h.Host.Name, ct));
        }));

    public Task<InstallOutcome> InstallAsync(StagedPackage package, DeliveryOutcome delivered, HostAccess host, string command, TimeSpan limit, CancellationToken ct)
    {
        Installs.Enqueue($"{package.Name} on {host.Host}");
        return Install(host.Host.Name, ct);
    }
}
