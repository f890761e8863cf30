using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote.Ssh;

/// <summary>Connections that carry one forwarding each. They stay open until the host is closed.</summary>
internal sealed class ForwardConnections<T>(Host host) : IAsyncDisposable
    where T : IAsyncDisposable
{
    private readonly List<T> _open = [];
    private bool _isClosed;

    /// <summary>Uses a new connection, and keeps it open. It is closed if its use fails, or if the host was closed meanwhile.</summary>
    /// <exception cref="RemoteException">The host was closed meanwhile.</exception>
    public async Task<TResult> KeepAsync<TResult>(T connection, Func<Task<TResult>> use)
    {
        try
        {
            var result = await use();
            Keep(connection);
            return result;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        T[] open;
        lock (_open)
        {
            _isClosed = true;
            open = [.. _open];
        }

        await Task.WhenAll(open.Select(c => c.DisposeAsync().AsTask()));
    }

    private void Keep(T connection)
    {
        lock (_open)
        {
            if (_isClosed) throw new RemoteException(new Failure(FailureKind.ConnectionLost, $"the connection to {host} was closed"));
            _open.Add(connection);
        }
    }
}
