using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>One ssh connection that several sessions share. A first session holds it open, and ends, with all others, when the controller does.</summary>
internal sealed class SharedConnection : IAsyncDisposable
{
    /// <summary>OpenSSH's servers take ten sessions on a connection unless told otherwise; one of them holds it.</summary>
    public const int MostSessions = 9;

    /// <summary>The session ends by itself; a host that no longer answers is not waited for.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private const int MostComplaints = 100;

    private readonly Host _host;
    private readonly ChildProgram _child;
    private readonly TaskCompletionSource<Failure> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _complaints = [];
    private Task _ended = Task.CompletedTask;
    private int _sessions;
    private bool _closed;

    private SharedConnection(Host host, ChildProgram child, string socket) => (_host, _child, Socket) = (host, child, socket);

    public string Socket { get; }

    public bool HasRoom => Volatile.Read(ref _sessions) < MostSessions && !Lost.IsCompleted;

    /// <summary>What ssh has printed for people so far.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints) return [.. _complaints];
        }
    }

    public Task<Failure> Lost => _lost.Task;

    /// <exception cref="RemoteException">No connection could be made; the failure says why.</exception>
    public static Task<SharedConnection> OpenAsync(SshOptions options, Host host, string socket, CancellationToken ct) =>
        OpenAsync(options, host, socket, ChildProgram.Start(options.Program, SshCommandLine.Share(options, host, socket)), ct);

    /// <param name="ssh">Runs <see cref="RemoteScript.Bootstrap"/> at the host; it ends with the connection.</param>
    public static async Task<SharedConnection> OpenAsync(SshOptions options, Host host, string socket, ChildProgram ssh, CancellationToken ct)
    {
        var connection = new SharedConnection(host, ssh, socket);
        try
        {
            await using var limit = new LoginLimit(options.ConnectTimeout, socket, TimeProvider.System, ct);
            await connection.StartAsync(limit.Token);
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync();
            if (e is not OperationCanceledException || ct.IsCancellationRequested) throw;
            throw new RemoteException(SshDiagnosis.OfSilence(host));
        }
    }

    public void Enter() => Interlocked.Increment(ref _sessions);

    public void Leave() => Interlocked.Decrement(ref _sessions);

    private async Task StartAsync(CancellationToken ct)
    {
        string mark = RemoteScript.NewMark();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ended = WatchAsync(line =>
        {
            if (!line.IsError && line.Text.Contains(mark, StringComparison.Ordinal)) ready.TrySetResult();
            else if (line.IsError) Keep(line.Text);
        });
        try
        {
            await _child.WriteLineAsync(RemoteScript.Hold(mark), ct);
        }
        catch (IOException)
        {
            // ssh is gone already; what it said tells why.
        }

        if (await Task.WhenAny(ready.Task, _ended).WaitAsync(ct) != ready.Task)
            throw new RemoteException(SshDiagnosis.OfConnection(_host, Complaints));
    }

    private void Keep(string complaint)
    {
        lock (_complaints)
            if (_complaints.Count < MostComplaints) _complaints.Add(complaint);
    }

    private async Task WatchAsync(Action<OutputLine> take)
    {
        await _child.EndAsync(_child.ReadLinesAsync(take, CancellationToken.None));
        if (!_closed) _lost.TrySetResult(SshDiagnosis.OfLoss(_host, Complaints));
    }

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        await _child.StopAsync(_ended, EndPatience);
        _child.Dispose();
    }
}
