namespace TreePush.Engine.Remote.Ssh;

/// <summary>
/// Limits how long a host may take until its shell is ready. Before the login, the network, the server and its directory
/// service may be slow. After it only login scripts remain. They get less time: a script that waits for input, or
/// replaces the shell, would keep the run from ending.
/// </summary>
internal sealed class LoginLimit : IAsyncDisposable
{
    /// <summary>Counted from the start of ssh, in addition to the connect timeout.</summary>
    public static readonly TimeSpan LoginPatience = TimeSpan.FromSeconds(30);

    /// <summary>Counted from the login.</summary>
    public static readonly TimeSpan ShellPatience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenRegistration _outside;
    private readonly Task _watching = Task.CompletedTask;

    /// <param name="socket">The shared connection's socket, which ssh creates after the login; null if the connection is not shared.</param>
    public LoginLimit(TimeSpan connectTimeout, string? socket, TimeProvider time, CancellationToken ct)
        : this(connectTimeout + LoginPatience, time, ct)
    {
        if (socket is not null) _watching = WatchAsync(socket, time);
    }

    private LoginLimit(TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        _limit = new CancellationTokenSource(patience, time);
        _outside = ct.Register(_limit.Cancel);
        Token = _limit.Token;
    }

    /// <summary>Cancelled when the time is over, or by the caller.</summary>
    public CancellationToken Token { get; }

    /// <summary>The limit for a shell on a connection that is logged in already.</summary>
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
