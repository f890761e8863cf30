using System.Net;

namespace TreePush.Engine.Syncing;

/// <summary>This machine reaches itself.</summary>
internal sealed class LocalForwards : IRelayForwards
{
    /// <exception cref="NotSupportedException">A Unix socket has no port: a relay here connects to it as to a local one.</exception>
    public Task<int> BackAsync(EndPoint end, CancellationToken ct) =>
        end is IPEndPoint ip ? Task.FromResult(ip.Port) : throw new NotSupportedException("A relay on this machine can't be led to a Unix socket by a port.");

    public Task<EndPoint> ToAsync(int port, CancellationToken ct) => Task.FromResult<EndPoint>(new IPEndPoint(IPAddress.Loopback, port));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
