using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>The controller's own machine, without ssh.</summary>
public sealed class LocalDriver(TimeProvider time) : IRemoteHostDriver
{
    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct)
    {
        if (ProgramPath.Find("sh") is null)
            throw new RemoteException(new Failure(FailureKind.HostUnusable, "this machine has no sh", "name another source with -s"));
        return Task.FromResult<IRemoteHost>(new LocalHost(time));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class LocalHost(TimeProvider time) : IRemoteHost
    {
        public Task<Failure> Lost { get; } = new TaskCompletionSource<Failure>().Task;

        public async Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, CancellationToken ct)
        {
            using var shell = ChildProgram.Start("sh", RemoteScript.BootstrapArguments);
            return await new ShellSession(shell, time).RunAsync(command, output, ct);
        }

        public async Task CopyInAsync(Stream content, long length, string path, UnixFileMode mode, CancellationToken ct)
        {
            using var shell = ChildProgram.Start("sh", RemoteScript.BootstrapArguments);
            await new ShellSession(shell, time).CopyInAsync(content, length, path, mode, ct);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
