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
    /// <summary>How long the server may take to hear that a session is over.</summary>
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly ISshConnector _connector;
    private readonly Host _host;
    private readonly bool _lendsShell;
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
    /// <param name="lendsShell">Whether the first program takes over a connection's own shell. With OpenSSH's client the connection then ends with it.</param>
    public SshHost(ISshConnector connector, Host host, SshConnection? first, bool lendsShell, TimeProvider time)
    {
        (_connector, _host, _lendsShell, _time) = (connector, host, lendsShell, time);
        _separate = connector.NewForwards(host);
        _sharing = first is not null;
        if (first is not null) _connections.Add(first);
        Lost = first?.Lost ?? new TaskCompletionSource<Failure>().Task;
    }

    public Task<Failure> Lost { get; }

    public Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, CancellationToken ct) =>
        WorkAsync(async (session, shell, limit) =>
        {
            var exit = await session.RunAsync(command, output, limit, ct);
            if (exit.Status is not null || ct.IsCancellationRequested) return exit;
            // The shell that runs a command always has its status to report: without, it is as lost as its connection.
            return exit with { Loss = shell.Judge(null, exit.Tail).Loss ?? SshDiagnosis.OfLoss(_host, []) };
        }, ct);

    public Task<CopiedFile> CopyInAsync(Stream content, FileCopy file, CancellationToken ct) =>
        WorkAsync((session, _, limit) => session.CopyInAsync(content, file, limit, ct), ct);

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

    /// <summary>Works in a session of a shared connection, or over a connection of its own where such sessions are off or refused.</summary>
    private async Task<T> WorkAsync<T>(Func<ShellSession, ShellChannel, Func<CancellationToken, LoginLimit>, Task<T>> work, CancellationToken ct)
    {
        for (int attempt = 1; _sharing && await TryJoinAsync(ct) is var (connection, joined); attempt++)
            try
            {
                using (joined)
                {
                    var session = new ShellSession(_host, joined, _time);
                    var done = await UnlessRefusedAsync(work(session, joined, connection.LimitJoined), session, connection, attempt);
                    if (done is { } task) return await task;
                    await TakeRefusalAsync(connection, attempt, ct);
                }
            }
            finally
            {
                // Whoever starts the next one when this one is over finds room for it.
                await joined.Closed.WaitAsync(ClosePatience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                connection.Leave();
            }

        using var shell = await _connector.ConnectAsync(_host, ct);
        return await work(new ShellSession(_host, shell, _time), shell, _connector.LimitAlone);
    }

    /// <summary>Waits for work in a session to end.</summary>
    /// <returns>The work; null where there was no session, so that nothing was done in it.</returns>
    private static async Task<Task<T>?> UnlessRefusedAsync<T>(Task<T> work, ShellSession session, SshConnection connection, int attempt)
    {
        await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !session.HasStarted && HadNoSession(connection, session.Tail, attempt) ? null : work;
    }

    /// <summary>Whether the server refused a session, or its connection was lost before. A connection that is lost again at once is left at that.</summary>
    private static bool HadNoSession(SshConnection connection, IReadOnlyList<string> complaints, int attempt) =>
        connection.IsRefusal(complaints) || (connection.FindsLost(complaints) && attempt == 1);

    private async Task<IRemoteProgram> OpenAloneAsync(Action<string> error, CancellationToken ct)
    {
        var shell = await _connector.ConnectAsync(_host, ct);
        await using var limit = _connector.LimitAlone(ct);
        return (await HostShell.OpenAsync(_host, shell, limit.Token, ct)).For(error);
    }

    /// <summary>Takes over the waiting shell of a connection; null if there is none left.</summary>
    private async Task<IRemoteProgram?> TakeShellAsync(Action<string> error, CancellationToken ct)
    {
        if (!_lendsShell) return null;
        var connection = await WithinGateAsync(() => _connections.Find(c => c.TryReserveShell()), ct);
        return connection is null ? null : await connection.TakeShellAsync(error, ct);
    }

    /// <returns>Null if the server takes no more sessions on a connection.</returns>
    private async Task<IRemoteProgram?> JoinShellAsync(Action<string> error, CancellationToken ct)
    {
        for (int attempt = 1; _sharing && await TryJoinAsync(ct) is var (connection, joined); attempt++)
            try
            {
                await using var limit = connection.LimitJoined(ct);
                var shell = await HostShell.OpenAsync(_host, joined, limit.Token, ct);
                return shell.For(error).Then(() => Leave(connection, joined));
            }
            catch (RemoteException e) when (HadNoSession(connection, e.Complaints, attempt))
            {
                await TakeRefusalAsync(connection, attempt, ct);
                Leave(connection, joined);
            }
            catch
            {
                Leave(connection, joined);
                throw;
            }

        return null;
    }

    private async Task TakeRefusalAsync(SshConnection connection, int attempt, CancellationToken ct)
    {
        if (connection.IsUp && !await connection.TakeRefusalAsync(attempt, _time, ct)) _sharing = false;
    }

    private static void Leave(SshConnection connection, ShellChannel session)
    {
        if (session.Closed is { IsCompleted: false } closed) closed.GetAwaiter().OnCompleted(connection.Leave);
        else connection.Leave();
    }

    /// <returns>A session, which the caller must leave, and the shell in it; null if the server takes no more sessions on a connection.</returns>
    private async Task<(SshConnection Connection, ShellChannel Shell)?> TryJoinAsync(CancellationToken ct)
    {
        for (int attempt = 1; _sharing; attempt++)
        {
            var connection = await TakeSessionAsync(ct);
            try
            {
                return (connection, await connection.JoinAsync(ct));
            }
            catch (RemoteException e) when (e.IsRefusal)
            {
                await TakeRefusalAsync(connection, attempt, ct);
                connection.Leave();
            }
            catch
            {
                connection.Leave();
                throw;
            }
        }

        return null;
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
