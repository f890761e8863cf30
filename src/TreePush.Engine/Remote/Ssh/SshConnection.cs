using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote.Ssh;

/// <summary>One ssh connection that several sessions share. Its own session is a shell that waits, for the first program that is opened.</summary>
internal abstract class SshConnection : IAsyncDisposable
{
    /// <summary>OpenSSH's servers take ten sessions on a connection unless told otherwise; one of them is its own.</summary>
    public const int MostSessions = 9;

    private readonly TaskCompletionSource<Failure> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _watching;
    private int _sessions;
    private int _isTaken;

    protected SshConnection(Host host, HostShell shell)
    {
        Shell = shell;
        _watching = WatchAsync(host);
    }

    /// <summary>Whether sessions and forwardings can be asked of it.</summary>
    public abstract bool IsUp { get; }

    public bool HasRoom => Volatile.Read(ref _sessions) < MostSessions && IsUp;

    /// <summary>Completes when the connection goes away though nobody has ended it, or the program that took its shell.</summary>
    public Task<Failure> Lost => _lost.Task;

    /// <summary>The last lines that were printed to standard error, by the client too.</summary>
    public IReadOnlyList<string> Complaints => Shell.Complaints;

    /// <summary>Ways through this connection; null where it should carry none.</summary>
    public virtual IForwards? Forwards => null;

    protected HostShell Shell { get; }

    protected bool HasSessions => Volatile.Read(ref _sessions) > 0;

    protected bool IsClosed { get; private set; }

    /// <summary>Starts a shell in a session of this connection.</summary>
    /// <exception cref="RemoteException">It takes no more sessions, where that is known by now.</exception>
    public abstract Task<ShellChannel> JoinAsync(CancellationToken ct);

    /// <summary>How long a shell in a session of this connection may take to answer.</summary>
    public abstract LoginLimit LimitJoined(CancellationToken ct);

    /// <summary>Whether this is how a session ends that the server has refused.</summary>
    public virtual bool IsRefusal(IReadOnlyList<string> complaints) => false;

    /// <summary>Claims the connection's own shell for a program: it costs neither a login nor a round trip.</summary>
    /// <returns>False where another program has it, or it is gone.</returns>
    public bool TryReserveShell() => !Shell.Ended.IsCompleted && IsUp && Interlocked.Exchange(ref _isTaken, 1) == 0;

    /// <summary>Hands the shell over to whoever has reserved it.</summary>
    public async Task<IRemoteProgram> TakeShellAsync(Action<string> error)
    {
        await ReleaseShellAsync();
        return new OwnProgram(this, Shell.For(error));
    }

    public void Enter() => Interlocked.Increment(ref _sessions);

    public void Leave() => Interlocked.Decrement(ref _sessions);

    public virtual async ValueTask DisposeAsync()
    {
        IsClosed = true;
        await Shell.DisposeAsync();
        await _watching;
    }

    /// <summary>Lets go of the shell as long as it waits.</summary>
    protected virtual Task ReleaseShellAsync() => Task.CompletedTask;

    /// <summary>Ends the program that has the shell; other sessions go on.</summary>
    protected abstract ValueTask EndProgramAsync();

    protected void Lose(Failure failure)
    {
        if (!IsClosed) _lost.TrySetResult(failure);
    }

    private async Task WatchAsync(Host host)
    {
        var exit = await Shell.Ended;
        // A shell that nobody has taken has no reason to end but the loss of its connection.
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
