using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>A host over ssh: sessions on shared connections, a further connection when one is full, and a connection for each session where sharing is off or refused.</summary>
internal sealed class SshHost : IRemoteHost
{
    private readonly SshDriver _driver;
    private readonly Host _host;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<SharedConnection> _connections = [];
    private bool _sharing;

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
            var connection = await TakeSessionAsync(ct).ConfigureAwait(false);
            try
            {
                using var joined = _driver.Join(_host, connection);
                var exit = await _driver.Talk(joined).RunAsync(command, output, ct).ConfigureAwait(false);
                if (exit.Status is not null || ct.IsCancellationRequested || !SessionWasRefused(exit)) return exit;
                _sharing = false;
            }
            finally
            {
                connection.Leave();
            }
        }

        using var child = _driver.Connect(_host);
        return await _driver.Talk(child).RunAsync(command, output, ct).ConfigureAwait(false);
    }

    public async Task CopyInAsync(Stream content, long length, string path, UnixFileMode mode, CancellationToken ct)
    {
        var connection = _sharing ? await TakeSessionAsync(ct).ConfigureAwait(false) : null;
        try
        {
            using var child = connection is null ? _driver.Connect(_host) : _driver.Join(_host, connection);
            await _driver.Talk(child).CopyInAsync(content, length, path, mode, ct).ConfigureAwait(false);
        }
        finally
        {
            connection?.Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync().ConfigureAwait(false);
        _gate.Dispose();
    }

    private async Task<SharedConnection> TakeSessionAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var connection = _connections.Find(c => c.HasRoom);
            if (connection is null)
            {
                connection = await _driver.ConnectAsync(_host, ct).ConfigureAwait(false);
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
