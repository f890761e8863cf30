using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>
/// Reaches hosts by the OpenSSH client, so that everything in the user's ssh_config works: jump hosts, agents,
/// certificates, hardware keys, Kerberos.
/// </summary>
public sealed class SshDriver(SshOptions options, TimeProvider time, Action<string> debug) : IRemoteHostDriver
{
    private readonly Lazy<SocketFolder> _sockets = new(() => new SocketFolder());

    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => PassingFailures.RetryAsync<IRemoteHost>(host, time, async () =>
    {
        var connection = options.ShareConnections ? await ConnectAsync(host, ct) : null;
        return new SshHost(this, host, connection);
    }, ct);

    public ValueTask DisposeAsync()
    {
        if (_sockets.IsValueCreated) _sockets.Value.Dispose();
        return ValueTask.CompletedTask;
    }

    internal async Task<SharedConnection> ConnectAsync(Host host, CancellationToken ct)
    {
        string socket = _sockets.Value.NextSocket();
        debug(SshCommandLine.Shown(SshCommandLine.Share(options, host, socket)));
        return await SharedConnection.OpenAsync(options, host, socket, ct);
    }

    internal ChildProgram Join(Host host, SharedConnection connection) => Start(SshCommandLine.Join(options, host, connection.Socket));

    internal ChildProgram Connect(Host host) => Start(SshCommandLine.Connect(options, host));

    internal ShellSession Talk(ChildProgram child) => new(child, time);

    private ChildProgram Start(IReadOnlyList<string> arguments)
    {
        debug(SshCommandLine.Shown(arguments));
        return ChildProgram.Start(options.Program, arguments);
    }
}
