using System.Net;

namespace TreePush.Engine.Remote.Ssh;

/// <summary>Asks ssh for ways between this machine and a host that need no port open to the other.</summary>
internal interface IForwards
{
    /// <inheritdoc cref="IRemoteHost.ForwardToHereAsync"/>
    Task<int> ToHereAsync(EndPoint end, CancellationToken ct);

    /// <inheritdoc cref="IRemoteHost.ForwardToHostAsync"/>
    Task<EndPoint> ToHostAsync(int port, CancellationToken ct);
}
