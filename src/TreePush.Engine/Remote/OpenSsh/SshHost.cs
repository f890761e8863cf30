using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>A host over ssh: sessions on shared connections, a further connection when one is full, and a connection for each session where sharing is off or refused.</summary>
internal sealed class SshHost : IRemoteHost
{
    private readonly SshDriver _driver;
    private readonly Host _host;
    private readonly List<SharedConnection> _connections = [];

    /// <summary>
    /// Held by whoever takes a session, and through the login of a further connection where all are full. Neither it nor
    /// <see cref="_closing"/> is disposed of: both hold nothing but memory, and a transfer may still wait when the host is closed.
    /// </summary>
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Breaks off a login that is under way when the host is closed, and turns away those who wait for one.</summary>
    private readonly CancellationTokenSource _closing = new();

    private volatile bool _sharing;

    public SshHost(SshDriver driver, Host host, SharedConnection? first)
    {
        (_driver, _host, _sharing) = (driver, host, first is not null);
        if (first is not null) _connections.Add(first);
        Lost = first?.Lost ?? new TaskCompletionSource<Failure>().Task;
    }

    public Task<Failure> Lost { get; }

    public async Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, CancellationToken ct)
    {
        if (_sharing)
        {
            var connection = await TakeSessionAsync(ct);
            try
            {
                using var joined = _driver.Join(_host, connection);
                var exit = await _driver.Talk(joined).RunAsync(command, output, ct);
                if (exit.Status is not null || ct.IsCancellationRequested || !SessionWasRefused(exit)) return exit;
                _sharing = false;
            }
            finally
            {
                connection.Leave();
            }
        }

        using var child = _driver.Connect(_host);
        return await _driver.Talk(child).RunAsync(command, output, ct);
    }

    public async Task CopyInAsync(Stream content, long length, string path, UnixFileMode mode, CancellationToken ct)
    {
        var connection = _sharing ? await TakeSessionAsync(ct) : null;
        try
        {
            using var child = connection is null ? _driver.Connect(_host) : _driver.Join(_host, connection);
            await _driver.Talk(child).CopyInAsync(content, length, path, mode, ct);
        }
        finally
        {
            connection?.Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _gate.WaitAsync();
        try
        {
            await Task.WhenAll(_connections.Select(c => c.DisposeAsync().AsTask()));
            _connections.Clear();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <exception cref="RemoteException">The host was closed, or no further connection could be made.</exception>
    private async Task<SharedConnection> TakeSessionAsync(CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _closing.Token);
        try
        {
            return await TakeOpenSessionAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RemoteException(new Failure(FailureKind.ConnectionLost, $"the connection to {_host} was closed"));
        }
    }

    private async Task<SharedConnection> TakeOpenSessionAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            var connection = _connections.Find(c => c.HasRoom);
            if (connection is null)
            {
                connection = await _driver.ConnectAsync(_host, ct);
                _connections.Add(connection);
            }

            connection.Enter();
            return connection;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A server may take fewer sessions on a connection than OpenSSH's usual ten.</summary>
    private static bool SessionWasRefused(RemoteExit exit) =>
        exit.Tail.Any(l => l.Contains("session request failed", StringComparison.Ordinal) || l.Contains("open failed", StringComparison.Ordinal));
}
