using System.Net;
using System.Net.Sockets;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;

namespace TreePush.Engine.Syncing;

/// <summary>Finds the endpoints at which a child may reach its parent.</summary>
internal static class LinkPlanner
{
    /// <summary>The column of a host list with the address that other hosts use.</summary>
    private const string AddressVariable = "ADDR";

    /// <summary>The parent's endpoints, the most likely first.</summary>
    /// <exception cref="Remote.RemoteException">A forwarding through the controller could not be set up.</exception>
    public static async Task<IReadOnlyList<Endpoint>> EndpointsAsync(RelaySession parent, RelaySession child, Route route, CancellationToken ct) =>
        route == Route.Direct ? Direct(parent, child) : [await ThroughControllerAsync(parent, child, ct)];

    private static List<Endpoint> Direct(RelaySession parent, RelaySession child)
    {
        var places = new List<(string Text, EndpointKind Kind)>();
        if (parent.Host.Variables.GetValueOrDefault(AddressVariable) is { Length: > 0 } named) places.Add((named, EndpointKind.Name));
        // This machine's name may mean another machine to the child, so the child gets the address that its ssh server sees.
        if (!parent.Host.IsLocal) places.Add((parent.Host.Address, EndpointKind.Name));
        else if (child.Process.Addresses is { } seen) places.Add((seen.Controller.Address.ToString(), EndpointKind.Address));
        else if (child.Host.IsLocal) places.Add((IPAddress.Loopback.ToString(), EndpointKind.Address));
        if (parent.Process.Addresses is { } reached) places.Add((reached.Host.Address.ToString(), EndpointKind.Address));
        places.AddRange(parent.Ready.Addresses.Select(a => (a, EndpointKind.Address)));
        return [.. places.DistinctBy(p => p.Text).Select(p => new Endpoint(p.Text, parent.Ready.Port, p.Kind))];
    }

    private static async Task<Endpoint> ThroughControllerAsync(RelaySession parent, RelaySession child, CancellationToken ct)
    {
        EndPoint here = parent.Host.IsLocal
            ? new IPEndPoint(IPAddress.Loopback, parent.Ready.Port)
            : await parent.Process.ForwardToHostAsync(parent.Ready.Port, ct);
        if (!child.Host.IsLocal) return new Endpoint(IPAddress.Loopback.ToString(), await child.Process.ForwardToHereAsync(here, ct));
        return here is IPEndPoint port ? new Endpoint(port.Address.ToString(), port.Port) : new Endpoint(((UnixDomainSocketEndPoint)here).ToString()!, 0, EndpointKind.Socket);
    }
}
