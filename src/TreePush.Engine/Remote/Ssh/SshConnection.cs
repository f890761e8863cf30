using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote.Ssh;

/// <summary>
/// One ssh connection that several sessions share. Its own session is a waiting shell, which the first program takes
/// over.
/// </summary>
internal abstract class SshConnection : IAsyncDisposable
{
    /// <summary>OpenSSH servers allow ten sessions on a connection by default; one of them is the connection's own.</summary>
    public const int MostSessions = 9;

    /// <summary>How often a refused session is asked for again before the server is believed.</summary>
    private const int PassingRefusals = 3;

    private static readonly TimeSpan RefusalPause = TimeSpan.FromMilliseconds(10);

    private readonly TaskCompletionSource<Failure> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _watching;
    private int _sessions;
    private volatile int _most = MostSessions;
    private int _isTaken;

    protected SshConnection(Host host, HostShell shell)
    {
        Shell = shell;
        _watching = WatchAsync(host);
    }

    /// <summary>Whether sessions and forwardings can be requested.</summary>
    public abstract bool IsUp { get; }

    public bool HasRoom => Volatile.Read(ref _sessions) < _most && IsUp;

    /// <summary>
    /// Completes when the connection is lost without having been closed, also if the program that has its shell reports
    /// the loss.
    /// </summary>
    public Task<Failure> Lost => _lost.Task;

    /// <summary>The last lines on standard error, the client's own included.</summary>
    public IReadOnlyList<string> Complaints => Shell.Complaints;

    /// <summary>Forwardings through this connection; null if it should carry none.</summary>
    public virtual IForwards? Forwards => null;

    protected HostShell Shell { get; }

    protected bool HasSessions => Volatile.Read(ref _sessions) > 0;

    protected bool IsClosed { get; private set; }

    /// <summary>Starts a shell in a session of this connection.</summary>
    /// <exception cref="RemoteException">The server takes no more sessions. With OpenSSH that shows only when the shell ends.</exception>
    public abstract Task<ShellChannel> JoinAsync(CancellationToken ct);

    /// <summary>How long a shell in a session of this connection may take to be ready.</summary>
    public abstract LoginLimit LimitJoined(CancellationToken ct);

    /// <summary>Whether a session ended like this because the server refused it.</summary>
    public virtual bool IsRefusal(IReadOnlyList<string> complaints) => false;

    /// <summary>Whether a session ended like this because the connection was lost before, which shows here first. The connection is down from then on.</summary>
    public virtual bool FindsLost(IReadOnlyList<string> complaints) => false;

    /// <summary>Reserves the connection's own shell for a program. Using it costs neither a login nor a round trip.</summary>
    /// <returns>False if another program has the shell, or the connection is gone.</returns>
    public bool TryReserveShell() => !Shell.Ended.IsCompleted && IsUp && Interlocked.Exchange(ref _isTaken, 1) == 0;

    /// <summary>Hands the shell over to the caller that has reserved it.</summary>
    public async Task<IRemoteProgram> TakeShellAsync(Action<string> error, CancellationToken ct)
    {
        await ReleaseShellAsync(ct);
        return new OwnProgram(this, Shell.For(error));
    }

    /// <summary>
    /// After a refused session: the server may not have noticed yet that other sessions are over, so there is a pause. If the server goes on
    /// refusing, the connection gets fewer sessions.
    /// </summary>
    /// <param name="attempt">Counts from 1.</param>
    /// <returns>False if the server takes no session at all beside the connection's own.</returns>
    public async Task<bool> TakeRefusalAsync(int attempt, TimeProvider time, CancellationToken ct)
    {
        int others = Volatile.Read(ref _sessions) - 1;
        if (others < 1) return false;
        if (attempt > PassingRefusals) _most = others;
        else await Task.Delay(attempt * RefusalPause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    public void Enter() => Interlocked.Increment(ref _sessions);

    public void Leave() => Interlocked.Decrement(ref _sessions);

    public virtual async ValueTask DisposeAsync()
    {
        IsClosed = true;
        await Shell.DisposeAsync();
        await _watching;
    }

    /// <summary>Stops using the waiting shell, before a program takes it over.</summary>
    protected virtual Task ReleaseShellAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Ends the program that has the shell; other sessions continue.</summary>
    protected abstract ValueTask EndProgramAsync();

    protected void Lose(Failure failure)
    {
        if (!IsClosed) _lost.TrySetResult(failure);
    }

    private async Task WatchAsync(Host host)
    {
        var exit = await Shell.Ended;
        // A shell that no program has taken ends only by the loss of its connection.
        var loss = exit.Loss ?? (_isTaken == 0 ? SshDiagnosis.OfLoss(host, Complaints) : null);
        if (loss is not null) Lose(loss);
    }

    private sealed class OwnProgram(SshConnection connection, HostShell shell) : IRemoteProgram
    {
        public Stream Input => shell.Input;

        public Stream Output => shell.Output;

        public Task<ProgramExit> Ended => shell.Ended;

        public ValueTask DisposeAsync() => connection.EndProgramAsync();
    }
}
