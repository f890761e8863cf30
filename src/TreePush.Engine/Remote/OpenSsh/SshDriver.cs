using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>
/// Reaches hosts by the OpenSSH client, so that everything in the user's ssh_config works: jump hosts, agents,
/// certificates, hardware keys, Kerberos.
/// </summary>
public sealed class SshDriver(SshOptions options, TimeProvider time, Action<string> debug) : IRemoteHostDriver, ISshConnector
{
    private readonly Lazy<SocketFolder> _sockets = new(() => new SocketFolder());

    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => PassingFailures.RetryAsync<IRemoteHost>(host, time, async () =>
    {
        var connection = options.ShareConnections ? await ShareAsync(host, ct) : null;
        return new SshHost(this, host, connection, time);
    }, ct);

    public ValueTask DisposeAsync()
    {
        if (_sockets.IsValueCreated) _sockets.Value.Dispose();
        return ValueTask.CompletedTask;
    }

    Task<SshConnection> ISshConnector.ShareAsync(Host host, CancellationToken ct) => ShareAsync(host, ct);

    Task<ShellChannel> ISshConnector.ConnectAsync(Host host, CancellationToken ct) =>
        Task.FromResult<ShellChannel>(Start(host, SshCommandLine.Connect(options, host)));

    LoginLimit ISshConnector.LimitAlone(CancellationToken ct) => NewLimit(null, ct);

    ISeparateForwards ISshConnector.NewForwards(Host host) => new SeparateForwards(this, host);

    internal string NextSocket() => _sockets.Value.NextSocket();

    internal ChildProgram Join(Host host, string socket) => Start(host, SshCommandLine.Join(options, host, socket));

    internal ChildProgram AskToForward(Host host, string socket, string direction, string forwarding) =>
        Start(host, SshCommandLine.Forward(host, socket, direction, forwarding));

    /// <summary>Makes a connection of its own that forwards for as long as its shell waits.</summary>
    internal async Task<HostShell> ForwardAloneAsync(Host host, string direction, string forwarding, CancellationToken ct)
    {
        await using var limit = NewLimit(null, ct);
        return await HostShell.OpenAsync(host, Start(host, SshCommandLine.ForwardAlone(options, host, direction, forwarding)), limit.Token, ct);
    }

    /// <param name="socket">The shared connection's; null where the connection is not shared.</param>
    internal LoginLimit NewLimit(string? socket, CancellationToken ct) => new(options.ConnectTimeout, socket, time, ct);

    private async Task<SshConnection> ShareAsync(Host host, CancellationToken ct)
    {
        string socket = NextSocket();
        return await SharedConnection.OpenAsync(this, host, Start(host, SshCommandLine.Share(options, host, socket)), socket, ct);
    }

    private ChildProgram Start(Host host, IReadOnlyList<string> arguments)
    {
        debug(SshCommandLine.Shown(arguments));
        return ChildProgram.Start(options.Program, arguments, judge: (status, complaints) => SshExit.Of(host, status, complaints));
    }
}
