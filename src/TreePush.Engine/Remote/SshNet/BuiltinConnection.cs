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
        await ReleaseShellAsync();
        await base.DisposeAsync();
        await _link.DisposeAsync();
        await _watching;
        _taken.Dispose();
    }

    /// <summary>Waits for an answer that is under way: it must not get into a program's output.</summary>
    protected override async Task ReleaseShellAsync()
    {
        await _taken.CancelAsync();
        await _asking;
    }

    protected override ValueTask EndProgramAsync() => Shell.DisposeAsync();

    private async Task WatchLinkAsync() => Lose(await _link.Broken);

    private async Task AskAsync(CancellationToken taken)
    {
        using var timer = new PeriodicTimer(_link.Config.AliveEvery, _time);
        var answer = new byte[1];
        try
        {
            while (await timer.WaitForNextTickAsync(taken))
            {
                using var patience = new CancellationTokenSource(_link.Config.AlivePatience, _time);
                await Shell.Input.WriteAsync(RemoteScript.Question, patience.Token);
                if (await Shell.Output.ReadAsync(answer, patience.Token) == 0) return;
            }
        }
        catch (OperationCanceledException) when (taken.IsCancellationRequested)
        {
            // A program takes over the shell.
        }
        catch (OperationCanceledException)
        {
            _link.Break("Timeout, server not responding");
        }
        catch (IOException)
        {
            // The shell is gone; the base class notices that as well.
        }
    }
}
