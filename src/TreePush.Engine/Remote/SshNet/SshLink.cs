using System.Net.Sockets;
using Renci.SshNet;
using Renci.SshNet.Common;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// A connection to a host through the SSH.NET library. The library blocks the calling thread. Calls that take round trips
/// therefore run on threads of their own, and callers can stop waiting for them.
/// </summary>
internal sealed class SshLink : IAsyncDisposable
{
    /// <summary>How long closing a connection may take. A host that no longer answers is not waited for.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<Failure> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Host _host;
    private readonly SshClient _client;
    private readonly TimeProvider _time;
    private volatile Failure? _breakage;
    private Task? _ending;

    private SshLink(SshLogin login, SshClient client, Session session, TimeProvider time)
    {
        (_host, Config, _client, Session, _time) = (login.Host, login.Config, client, session, time);
        session.ErrorOccured += OnError;
        session.Disconnected += OnDisconnected;
        client.ConnectionInfo.Timeout = Timeout.InfiniteTimeSpan;
        if (!client.IsConnected) Break("it was closed");
    }

    public HostConfig Config { get; }

    public Session Session { get; }

    /// <summary>Completes when the connection is gone.</summary>
    public Task<Failure> Broken => _broken.Task;

    /// <summary>Why the connection is gone; null while it is open.</summary>
    public Failure? Breakage => _breakage;

    /// <exception cref="RemoteException">The login failed; the failure says why.</exception>
    public static async Task<SshLink> OpenAsync(SshLogin login, TimeProvider time, CancellationToken ct)
    {
        var (client, session) = await login.RunAsync(ct);
        return new SshLink(login, client, session, time);
    }

    /// <summary>Starts a shell in a session of its own.</summary>
    /// <param name="isAlone">The connection serves only this shell, and ends with it.</param>
    /// <exception cref="RemoteException">The server takes no more sessions, or is gone.</exception>
    public Task<SshNetChannel> OpenShellAsync(bool isAlone, CancellationToken ct) =>
        AskAsync(() => SshNetChannel.Open(this, _client.CreateCommand(RemoteScript.Bootstrap), isAlone), ct);

    /// <summary>Forwards a port until the connection ends.</summary>
    /// <exception cref="RemoteException">The server refuses, or is gone.</exception>
    public Task<ForwardedPort> StartAsync(ForwardedPort port, CancellationToken ct) => AskAsync(
        () =>
        {
            _client.AddForwardedPort(port);
            port.Start();
            return port;
        }, ct);

    /// <summary>Declares the connection lost, and closes it.</summary>
    public void Break(string why)
    {
        if (SetBroken(why)) End();
    }

    public async ValueTask DisposeAsync()
    {
        SetBroken("it was closed");
        await End().WaitAsync(EndPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Runs a blocking call of the library on a thread of its own. The server may have fallen silent, which the library
    /// does not notice, so the waiting is bounded.
    /// </summary>
    private async Task<T> AskAsync<T>(Func<T> ask, CancellationToken ct)
        where T : IDisposable
    {
        bool isHandedOver = false;
        var asking = Task.Factory.StartNew(ask, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await using var limit = LoginLimit.OfShell(_time, ct);
            await Task.WhenAny(asking, Broken).WaitAsync(limit.Token);
            if (!asking.IsCompleted) throw new RemoteException(await Broken);
            var answer = await asking;
            isHandedOver = true;
            return answer;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RemoteException(SshDiagnosis.OfLoss(_host, ["Timeout, server not responding"]));
        }
        catch (Exception e) when (e is SshException or InvalidOperationException or SocketException)
        {
            if (Breakage is { } breakage) throw new RemoteException(breakage);
            throw new RemoteException(SshDiagnosis.Of(FailureKind.HostUnusable, _host, e.Message)) { Complaints = [e.Message], IsRefusal = e is SshException };
        }
        finally
        {
            if (!isHandedOver) _ = EndLateAsync(asking);
        }
    }

    /// <summary>Disposes of the result of a call that is no longer waited for.</summary>
    private static async Task EndLateAsync<T>(Task<T> asking)
        where T : IDisposable
    {
        try
        {
            (await asking).Dispose();
        }
        catch (Exception e) when (e is SshException or InvalidOperationException or SocketException)
        {
            // The call failed: there is nothing to dispose of.
        }
    }

    private bool SetBroken(string why)
    {
        var failure = SshDiagnosis.OfLoss(_host, [why]);
        if (Interlocked.CompareExchange(ref _breakage, failure, null) is not null) return false;
        _broken.SetResult(failure);
        return true;
    }

    private Task End() => LazyInitializer.EnsureInitialized(ref _ending, () => Task.Run(() =>
    {
        Session.ErrorOccured -= OnError;
        Session.Disconnected -= OnDisconnected;
        _client.Dispose();
    }));

    private void OnError(object? sender, ExceptionEventArgs e) => Break(e.Exception.Message);

    private void OnDisconnected(object? sender, EventArgs e) => Break("the server closed it");
}
