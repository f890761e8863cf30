using System.Net;

namespace TreePush.Engine.Remote.Ssh;

/// <summary>Requests ssh forwardings between this machine and a host. Neither needs a port that is open to the other.</summary>
internal interface IForwards
{
    /// <inheritdoc cref="IRemoteHost.ForwardToHereAsync"/>
    Task<int> ToHereAsync(EndPoint end, CancellationToken ct);

    /// <inheritdoc cref="IRemoteHost.ForwardToHostAsync"/>
    Task<EndPoint> ToHostAsync(int port, CancellationToken ct);
}
