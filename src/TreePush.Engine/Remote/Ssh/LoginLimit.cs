namespace TreePush.Engine.Remote.Ssh;

/// <summary>
/// How long a host may take until its shell answers. Before ssh is let in, the network, the server and its directory service may be slow. Behind that only
/// login scripts are left: one that waits for input, or replaces the shell, would keep the run from ending, so they get less.
/// </summary>
internal sealed class LoginLimit : IAsyncDisposable
{
    /// <summary>From the start of ssh, beside the time that it may take to connect.</summary>
    public static readonly TimeSpan LoginPatience = TimeSpan.FromSeconds(30);

    /// <summary>From the moment at which the host has let ssh in.</summary>
    public static readonly TimeSpan ShellPatience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenRegistration _outside;
    private readonly Task _watching;

    /// <param name="socket">The shared connection's socket, which ssh makes as soon as it is let in; null where the connection is not shared.</param>
    public LoginLimit(TimeSpan connectTimeout, string? socket, TimeProvider time, CancellationToken ct)
    {
        _limit = new CancellationTokenSource(connectTimeout + LoginPatience, time);
        _outside = ct.Register(_limit.Cancel);
        Token = _limit.Token;
        _watching = socket is null ? Task.CompletedTask : WatchAsync(socket, time);
    }

    private LoginLimit(TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        _limit = new CancellationTokenSource(patience, time);
        _outside = ct.Register(_limit.Cancel);
        Token = _limit.Token;
        _watching = Task.CompletedTask;
    }

    /// <summary>Ends when the time is over, or from outside.</summary>
    public CancellationToken Token { get; }

    /// <summary>For the shell of a host that has let us in already.</summary>
    public static LoginLimit OfShell(TimeProvider time, CancellationToken ct) => new(ShellPatience, time, ct);

    public async ValueTask DisposeAsync()
    {
        await _outside.DisposeAsync();
        await _limit.CancelAsync();
        await _watching;
        _limit.Dispose();
    }

    private async Task WatchAsync(string socket, TimeProvider time)
    {
        while (!File.Exists(socket))
        {
            await Task.Delay(LookEvery, time, Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Token.IsCancellationRequested) return;
        }

        _limit.CancelAfter(ShellPatience);
    }
}
