using System.Net;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>A share in a connection to a host. Disposing of it ends the commands and programs that were started by it.</summary>
/// <param name="forwarded">Told of each forwarding.</param>
/// <param name="release">Called once, when nothing of the lease runs any more.</param>
internal sealed class HostLease(Host host, IRemoteHost shared, Action forwarded, Action release) : IRemoteHost
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly HashSet<Task> _work = [];
    private readonly HashSet<IRemoteProgram> _programs = [];
    private bool _closed;

    public Task<Failure> Lost => shared.Lost;

    public static Failure Closed(Host host) => new(FailureKind.ConnectionLost, $"the connection to {host} was closed");

    public Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, CancellationToken ct) => WorkAsync(async either =>
    {
        var exit = await shared.RunAsync(command, output, either);
        bool wasEnded = exit is { Status: null, Loss: null } && !ct.IsCancellationRequested;
        return wasEnded ? exit with { Loss = Closed(host) } : exit;
    }, ct);

    public Task<CopiedFile> CopyInAsync(Stream content, FileCopy file, CancellationToken ct) => WorkAsync(either => shared.CopyInAsync(content, file, either), ct);

    public Task<IRemoteProgram> OpenProgramAsync(Action<string> error, CancellationToken ct) => WorkAsync<IRemoteProgram>(async either =>
    {
        var program = new LeasedProgram(this, await shared.OpenProgramAsync(error, either));
        lock (_gate) _programs.Add(program);
        return program;
    }, ct);

    public Task<int> ForwardToHereAsync(EndPoint end, CancellationToken ct) => WorkAsync(either =>
    {
        forwarded();
        return shared.ForwardToHereAsync(end, either);
    }, ct);

    public Task<EndPoint> ForwardToHostAsync(int port, CancellationToken ct) => WorkAsync(either =>
    {
        forwarded();
        return shared.ForwardToHostAsync(port, either);
    }, ct);

    public async ValueTask DisposeAsync()
    {
        Task[] work;
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            work = [.. _work];
        }

        await _ending.CancelAsync();
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        IRemoteProgram[] programs;
        lock (_gate) programs = [.. _programs];
        await Task.WhenAll(programs.Select(p => p.DisposeAsync().AsTask()));
        _ending.Dispose();
        release();
    }

    /// <summary>Does something that the end of the lease ends.</summary>
    private async Task<T> WorkAsync<T>(Func<CancellationToken, Task<T>> start, CancellationToken ct)
    {
        var done = new TaskCompletionSource();
        lock (_gate)
        {
            if (_closed) throw new RemoteException(Closed(host));
            _work.Add(done.Task);
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _ending.Token);
            return await start(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RemoteException(Closed(host));
        }
        finally
        {
            lock (_gate) _work.Remove(done.Task);
            done.SetResult();
        }
    }

    private sealed class LeasedProgram(HostLease lease, IRemoteProgram program) : IRemoteProgram
    {
        public Stream Input => program.Input;

        public Stream Output => program.Output;

        public Task<ProgramExit> Ended => program.Ended;

        public async ValueTask DisposeAsync()
        {
            await program.DisposeAsync();
            lock (lease._gate) lease._programs.Remove(this);
        }
    }
}
