using System.Net;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote.Ssh;

/// <summary>
/// A host over ssh. Sessions share connections; when a connection is full, a further one is made. If sharing is off or
/// refused, each session has a connection of its own.
/// </summary>
internal sealed class SshHost : IRemoteHost
{
    private readonly ISshConnector _connector;
    private readonly Host _host;
    private readonly TimeProvider _time;
    private readonly List<SshConnection> _connections = [];
    private readonly ISeparateForwards _separate;

    /// <summary>
    /// Held while a session is assigned, including the login of a further connection if all are full. Neither the gate
    /// nor <see cref="_closing"/> is disposed of: both hold only memory, and a transfer may still wait when the host is
    /// closed.
    /// </summary>
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>When the host is closed, cancels a login that is under way, and the waiting for one.</summary>
    private readonly CancellationTokenSource _closing = new();

    private volatile bool _sharing;

    /// <param name="first">The first shared connection; null if connections are not shared.</param>
    public SshHost(ISshConnector connector, Host host, SshConnection? first, TimeProvider time)
    {
        (_connector, _host, _time) = (connector, host, time);
        _separate = connector.NewForwards(host);
        _sharing = first is not null;
        if (first is not null) _connections.Add(first);
        Lost = first?.Lost ?? new TaskCompletionSource<Failure>().Task;
    }

    public Task<Failure> Lost { get; }

    public async Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, CancellationToken ct)
    {
        if (_sharing && await TryJoinAsync(ct) is var (connection, joined))
            try
            {
                var exit = await RunAsync(joined, command, output, ct);
                if (exit.Loss is null || !connection.IsRefusal(exit.Tail)) return exit;
                _sharing = false;
            }
            finally
            {
                connection.Leave();
            }

        return await RunAsync(await _connector.ConnectAsync(_host, ct), command, output, ct);
    }

    public async Task CopyInAsync(Stream content, long length, string path, UnixFileMode mode, CancellationToken ct)
    {
        var session = _sharing ? await TryJoinAsync(ct) : null;
        try
        {
            using var shell = session?.Shell ?? await _connector.ConnectAsync(_host, ct);
            await new ShellSession(shell, _time).CopyInAsync(content, length, path, mode, ct);
        }
        finally
        {
            session?.Connection.Leave();
        }
    }

    public async Task<IRemoteProgram> OpenProgramAsync(Action<string> error, CancellationToken ct)
    {
        if (_sharing && (await TakeShellAsync(error, ct) ?? await JoinShellAsync(error, ct)) is { } program) return program;
        return await PassingFailures.RetryAsync(_host, _time, () => OpenAloneAsync(error, ct), ct);
    }

    public async Task<int> ForwardToHereAsync(EndPoint end, CancellationToken ct) => await (await ForwardsAsync(ct)).ToHereAsync(end, ct);

    public async Task<EndPoint> ForwardToHostAsync(int port, CancellationToken ct) => await (await ForwardsAsync(ct)).ToHostAsync(port, ct);

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

        await _separate.DisposeAsync();
    }

    /// <summary>Runs a command in a shell, and disposes of the shell.</summary>
    private async Task<RemoteExit> RunAsync(ShellChannel shell, RemoteCommand command, Action<OutputLine> output, CancellationToken ct)
    {
        using (shell)
        {
            var exit = await new ShellSession(shell, _time).RunAsync(command, output, ct);
            if (exit.Status is not null || ct.IsCancellationRequested) return exit;
            // The shell always reports the command's status. If no status came, the connection is lost.
            return exit with { Loss = shell.Judge(null, exit.Tail).Loss ?? SshDiagnosis.OfLoss(_host, []) };
        }
    }

    private async Task<IRemoteProgram> OpenAloneAsync(Action<string> error, CancellationToken ct)
    {
        var shell = await _connector.ConnectAsync(_host, ct);
        await using var limit = _connector.LimitAlone(ct);
        return (await HostShell.OpenAsync(_host, shell, limit.Token, ct)).For(error);
    }

    /// <summary>Takes over the waiting shell of a connection; null if there is none left.</summary>
    private async Task<IRemoteProgram?> TakeShellAsync(Action<string> error, CancellationToken ct)
    {
        var connection = await WithinGateAsync(() => _connections.Find(c => c.TryReserveShell()), ct);
        return connection is null ? null : await connection.TakeShellAsync(error);
    }

    /// <returns>Null if the server takes no more sessions on a connection.</returns>
    private async Task<IRemoteProgram?> JoinShellAsync(Action<string> error, CancellationToken ct)
    {
        if (await TryJoinAsync(ct) is not var (connection, joined)) return null;
        try
        {
            await using var limit = connection.LimitJoined(ct);
            var shell = await HostShell.OpenAsync(_host, joined, limit.Token, ct);
            return shell.For(error).Then(connection.Leave);
        }
        catch (Exception e)
        {
            connection.Leave();
            if (e is not RemoteException remote || !connection.IsRefusal(remote.Complaints)) throw;
            _sharing = false;
            return null;
        }
    }

    /// <returns>A session, which the caller must leave, and the shell in it; null if the server takes no more sessions on a connection.</returns>
    private async Task<(SshConnection Connection, ShellChannel Shell)?> TryJoinAsync(CancellationToken ct)
    {
        var connection = await TakeSessionAsync(ct);
        try
        {
            return (connection, await connection.JoinAsync(ct));
        }
        catch (Exception e)
        {
            connection.Leave();
            if (e is not RemoteException { IsRefusal: true }) throw;
            _sharing = false;
            return null;
        }
    }

    private Task<IForwards> ForwardsAsync(CancellationToken ct) =>
        WithinGateAsync(() => _connections.Find(c => c.IsUp)?.Forwards ?? _separate, ct);

    private async Task<T> WithinGateAsync<T>(Func<T> look, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return look();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <exception cref="RemoteException">The host was closed, or no further connection could be made.</exception>
    private async Task<SshConnection> TakeSessionAsync(CancellationToken ct)
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

    private async Task<SshConnection> TakeOpenSessionAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            var connection = _connections.Find(c => c.HasRoom);
            if (connection is null)
            {
                connection = await _connector.ShareAsync(_host, ct);
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
}
