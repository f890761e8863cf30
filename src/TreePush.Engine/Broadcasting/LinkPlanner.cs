using System.Net;
using System.Net.Sockets;
using TreePush.Core.Broadcasting;
using TreePush.Core.Wire;

namespace TreePush.Engine.Broadcasting;

/// <summary>Finds where a child may reach its parent.</summary>
internal static class LinkPlanner
{
    /// <summary>The column of a host list that names an address for the other hosts' use.</summary>
    private const string AddressVariable = "ADDR";

    /// <summary>The parent's endpoints, the likeliest first.</summary>
    /// <exception cref="Remote.RemoteException">A way through the controller could not be opened.</exception>
    public static async Task<IReadOnlyList<Endpoint>> EndpointsAsync(RelaySession parent, RelaySession child, Route route, CancellationToken ct) =>
        route == Route.Direct ? Direct(parent, child) : [await ThroughControllerAsync(parent, child, ct).ConfigureAwait(false)];

    private static List<Endpoint> Direct(RelaySession parent, RelaySession child)
    {
        var addresses = new List<string>();
        if (parent.Host.Variables.GetValueOrDefault(AddressVariable) is { Length: > 0 } named) addresses.Add(named);
        // This machine's name means something else to others: how the child's ssh server sees it is what it can use.
        if (!parent.Host.IsLocal) addresses.Add(parent.Host.Address);
        else if (child.Process.Addresses is { } seen) addresses.Add(seen.Controller.Address.ToString());
        else if (child.Host.IsLocal) addresses.Add(IPAddress.Loopback.ToString());
        if (parent.Process.Addresses is { } reached) addresses.Add(reached.Host.Address.ToString());
        addresses.AddRange(parent.Ready.Addresses);
        return [.. addresses.Distinct().Select(a => new Endpoint(a, parent.Ready.Port))];
    }

    private static async Task<Endpoint> ThroughControllerAsync(RelaySession parent, RelaySession child, CancellationToken ct)
    {
        EndPoint here = parent.Host.IsLocal
            ? new IPEndPoint(IPAddress.Loopback, parent.Ready.Port)
            : await parent.Process.ForwardToAsync(parent.Ready.Port, ct).ConfigureAwait(false);
        if (!child.Host.IsLocal) return new Endpoint(IPAddress.Loopback.ToString(), await child.Process.ForwardBackAsync(here, ct).ConfigureAwait(false));
        return here is IPEndPoint port ? new Endpoint(port.Address.ToString(), port.Port) : new Endpoint(((UnixDomainSocketEndPoint)here).ToString()!, 0);
    }
}
