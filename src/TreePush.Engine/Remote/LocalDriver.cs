using System.Net;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote;

/// <summary>The controller's own machine, without ssh.</summary>
public sealed class LocalDriver(TimeProvider time) : IRemoteHostDriver
{
    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct)
    {
        if (ProgramPath.Find("sh") is null)
            throw new RemoteException(new Failure(FailureKind.HostUnusable, "this machine has no sh", "name another source with -s"));
        return Task.FromResult<IRemoteHost>(new LocalHost(host, time));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class LocalHost(Host host, TimeProvider time) : IRemoteHost
    {
        public Task<Failure> Lost { get; } = new TaskCompletionSource<Failure>().Task;

        public async Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, CancellationToken ct)
        {
            using var shell = StartShell();
            var exit = await new ShellSession(host, shell, time).RunAsync(command, output, Limit, ct);
            if (exit.Status is not null || ct.IsCancellationRequested) return exit;
            return exit with { Loss = new Failure(FailureKind.CommandKilled, "the shell that ran the command was ended") };
        }

        public async Task<CopiedFile> CopyInAsync(Stream content, FileCopy file, CancellationToken ct)
        {
            using var shell = StartShell();
            return await new ShellSession(host, shell, time).CopyInAsync(content, file, Limit, ct);
        }

        public async Task<IRemoteProgram> OpenProgramAsync(Action<string> error, CancellationToken ct)
        {
            await using var limit = Limit(ct);
            var shell = await HostShell.OpenAsync(host, StartShell(), limit.Token, ct);
            return shell.For(error);
        }

        /// <exception cref="NotSupportedException"><paramref name="end"/> is a Unix socket, which has no port. Programs here connect to it directly.</exception>
        public Task<int> ForwardToHereAsync(EndPoint end, CancellationToken ct) =>
            end is IPEndPoint ip ? Task.FromResult(ip.Port) : throw new NotSupportedException("No port of this machine leads to a Unix socket.");

        public Task<EndPoint> ForwardToHostAsync(int port, CancellationToken ct) => Task.FromResult<EndPoint>(new IPEndPoint(IPAddress.Loopback, port));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private LoginLimit Limit(CancellationToken ct) => LoginLimit.OfShell(time, ct);

        private static ChildProgram StartShell() => ChildProgram.Start("sh", RemoteScript.BootstrapArguments);
    }
}
