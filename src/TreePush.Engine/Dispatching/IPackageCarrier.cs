using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Dispatching;

/// <summary>Brings packages to hosts and installs them there. Tests put another one in its place.</summary>
public interface IPackageCarrier
{
    /// <summary>Brings a package to hosts. A host that can't be served is an outcome, never an exception.</summary>
    /// <param name="folder">Absolute, or relative to the login's home.</param>
    /// <param name="each">Told of each host once, as soon as its outcome is known.</param>
    Task DeliverAsync(StagedPackage package, string folder, IReadOnlyList<HostAccess> hosts, Action<HostName, DeliveryOutcome> each, CancellationToken ct);

    /// <summary>Runs an install command at a host that has the package.</summary>
    /// <param name="ct">Ends the command at the host.</param>
    Task<InstallOutcome> InstallAsync(StagedPackage package, DeliveryOutcome delivered, HostAccess host, string command, TimeSpan limit, CancellationToken ct);
}
