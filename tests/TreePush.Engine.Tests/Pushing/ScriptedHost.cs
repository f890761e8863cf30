using System.Net;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Tests.Pushing;

/// <summary>Reaches hosts that do nothing but end commands with the statuses they are told.</summary>
internal sealed class ScriptedHost(params int[] statuses) : IRemoteHostDriver, IRemoteHost
{
    private readonly Queue<int> _statuses = new(statuses);

    public Task<Failure> Lost { get; } = new TaskCompletionSource<Failure>().Task;

    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => Task.FromResult<IRemoteHost>(this);

    public Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, CancellationToken ct) =>
        Task.FromResult(new RemoteExit(_statuses.Dequeue(), []));

    public Task<CopiedFile> CopyInAsync(Stream content, FileCopy file, CancellationToken ct) => throw new NotSupportedException();

    public Task<IRemoteProgram> OpenProgramAsync(Action<string> error, CancellationToken ct) => throw new NotSupportedException();

    public Task<int> ForwardToHereAsync(EndPoint end, CancellationToken ct) => throw new NotSupportedException();

    public Task<EndPoint> ForwardToHostAsync(int port, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
