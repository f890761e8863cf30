using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// A connection of the SSH.NET library, with a waiting shell. The library does not notice a server that no longer
/// responds, so the shell is asked for a sign of life while it waits. A program that takes over the shell has a heartbeat
/// of its own.
/// </summary>
internal sealed class BuiltinConnection : SshConnection
{
    private readonly SshLink _link;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _taken = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _asking;
    private readonly Task _watching;

    private BuiltinConnection(Host host, SshLink link, HostShell shell, TimeProvider time)
        : base(host, shell)
    {
        (_link, _time) = (link, time);
        _asking = AskAsync(_taken.Token);
        _watching = WatchLinkAsync();
    }

    public override bool IsUp => !_link.Broken.IsCompleted;

    /// <param name="link">It is disposed of with the connection, and if the opening fails.</param>
    /// <exception cref="RemoteException">The host gives no shell; the failure says why.</exception>
    public static async Task<BuiltinConnection> OpenAsync(Host host, SshLink link, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await using var limit = LoginLimit.OfShell(time, ct);
            return new BuiltinConnection(host, link, await HostShell.OpenAsync(host, await link.OpenShellAsync(isAlone: false, limit.Token), limit.Token, ct), time);
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    public override async Task<ShellChannel> JoinAsync(CancellationToken ct) => await _link.OpenShellAsync(isAlone: false, ct);

    public override LoginLimit LimitJoined(CancellationToken ct) => LoginLimit.OfShell(_time, ct);

    public override async ValueTask DisposeAsync()
    {
        // An answer is not waited for: the server may have fallen silent.
        await _closing.CancelAsync();
        await ReleaseShellAsync(CancellationToken.None);
        await base.DisposeAsync();
        await _link.DisposeAsync();
        await _watching;
        _taken.Dispose();
        _closing.Dispose();
    }

    /// <summary>Waits for an answer that is under way: it must not get into a program's output.</summary>
    protected override async Task ReleaseShellAsync(CancellationToken ct)
    {
        await _taken.CancelAsync();
        await _asking.WaitAsync(ct);
    }

    protected override ValueTask EndProgramAsync() => Shell.DisposeAsync();

    private async Task WatchLinkAsync() => Lose(await _link.Broken);

    private async Task AskAsync(CancellationToken taken)
    {
        using var timer = new PeriodicTimer(_link.Config.AliveEvery, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(taken))
                if (!await AnswersAsync()) return;
        }
        catch (OperationCanceledException)
        {
            // A program takes over the shell, or the connection is closed.
        }
        catch (IOException)
        {
            // The shell is gone; the base class notices that as well.
        }
    }

    /// <returns>False if the shell is gone. If it does not answer in time, its connection is declared lost.</returns>
    private async Task<bool> AnswersAsync()
    {
        using var patience = new CancellationTokenSource(_link.Config.AlivePatience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _closing.Token);
        try
        {
            await Shell.Input.WriteAsync(RemoteScript.Question, either.Token);
            return await Shell.Output.ReadAsync(new byte[1], either.Token) > 0;
        }
        catch (OperationCanceledException) when (!_closing.IsCancellationRequested)
        {
            _link.Break("Timeout, server not responding");
            return false;
        }
    }
}
