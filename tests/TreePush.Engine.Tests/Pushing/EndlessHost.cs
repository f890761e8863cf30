using System.Net;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Tests.Pushing;

/// <summary>Reaches hosts whose commands run until they are cancelled, and end at once when they are.</summary>
internal sealed class EndlessHost : IRemoteHostDriver, IRemoteHost
{
    private int _started, _ended;

    /// <summary>Called with the number of commands that have started.</summary>
    public Action<int> Started { get; set; } = _ => { };

    /// <summary>Called with the number of commands that have ended.</summary>
    public Action<int> Ended { get; set; } = _ => { };

    public Task<Failure> Lost { get; } = new TaskCompletionSource<Failure>().Task;

    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => Task.FromResult<IRemoteHost>(this);

    public async Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, CancellationToken ct)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = ct.Register(cancelled.SetResult);
        Started(Interlocked.Increment(ref _started));
        await cancelled.Task;
        Ended(Interlocked.Increment(ref _ended));
        return new RemoteExit(null, []);
    }

    public Task<CopiedFile> CopyInAsync(Stream content, FileCopy file, CancellationToken ct) => throw new NotSupportedException();

    public Task<IRemoteProgram> OpenProgramAsync(Action<string> error, CancellationToken ct) => throw new NotSupportedException();

    public Task<int> ForwardToHereAsync(EndPoint end, CancellationToken ct) => throw new NotSupportedException();

    public Task<EndPoint> ForwardToHostAsync(int port, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
