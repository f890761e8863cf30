using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>
/// Reaches hosts with the OpenSSH client, so that everything in the user's ssh_config works: jump hosts, agents,
/// certificates, hardware keys, Kerberos.
/// </summary>
public sealed class SshDriver(SshOptions options, SshSecrets secrets, TimeProvider time, Action<string> debug) : IRemoteHostDriver, ISshConnector
{
    private const string AskPassword = "ask-password";

    private readonly Lock _gate = new();
    private SocketFolder? _sockets;

    public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => OpenAsync(host, lendsShell: true, ct);

    public Task<IRemoteHost> OpenToShareAsync(Host host, CancellationToken ct) => OpenAsync(host, lendsShell: false, ct);

    public ValueTask DisposeAsync()
    {
        _sockets?.Dispose();
        return ValueTask.CompletedTask;
    }

    Task<SshConnection> ISshConnector.ShareAsync(Host host, CancellationToken ct) => ShareAsync(host, ct);

    Task<ShellChannel> ISshConnector.ConnectAsync(Host host, CancellationToken ct) =>
        Task.FromResult<ShellChannel>(Login(host, SshCommandLine.Connect(options, host, AsksPassword)));

    LoginLimit ISshConnector.LimitAlone(CancellationToken ct) => NewLimit(null, ct);

    ISeparateForwards ISshConnector.NewForwards(Host host) => new SeparateForwards(this, host);

    /// <summary>Made when the first host needs it. Where that fails, the next host tries again.</summary>
    private SocketFolder Sockets
    {
        get
        {
            lock (_gate) return _sockets ??= new SocketFolder();
        }
    }

    private bool AsksPassword => secrets.Password is not null;

    internal string NextSocket() => Sockets.NextSocket();

    internal ChildProgram Join(Host host, string socket) => Start(host, SshCommandLine.Join(options, host, socket));

    internal ChildProgram AskToForward(Host host, string socket, string direction, string forwarding) =>
        Start(host, SshCommandLine.Forward(host, socket, direction, forwarding));

    /// <summary>Makes a connection of its own that forwards as long as its shell waits.</summary>
    internal Task<HostShell> ForwardAloneAsync(Host host, string direction, string forwarding, CancellationToken ct) => PassingFailures.RetryAsync(host, time, async () =>
    {
        await using var limit = NewLimit(null, ct);
        return await HostShell.OpenAsync(host, Login(host, SshCommandLine.ForwardAlone(options, host, direction, forwarding, AsksPassword)), limit.Token, ct);
    }, ct);

    /// <param name="socket">The shared connection's socket; null if the connection is not shared.</param>
    internal LoginLimit NewLimit(string? socket, CancellationToken ct) => new(options.ConnectTimeout, socket, time, ct);

    private Task<IRemoteHost> OpenAsync(Host host, bool lendsShell, CancellationToken ct) => PassingFailures.RetryAsync<IRemoteHost>(host, time, async () =>
    {
        var connection = options.ShareConnections ? await ShareAsync(host, ct) : null;
        return new SshHost(this, host, connection, lendsShell, time);
    }, ct);

    private async Task<SshConnection> ShareAsync(Host host, CancellationToken ct)
    {
        string socket = NextSocket();
        return await SharedConnection.OpenAsync(this, host, Login(host, SshCommandLine.Share(options, host, socket, AsksPassword)), socket, ct);
    }

    /// <summary>Starts an ssh that makes a connection, and passes it the password if there is one.</summary>
    private ChildProgram Login(Host host, IReadOnlyList<string> arguments) =>
        secrets.Password is { } password
            ? Start(host, arguments, PasswordPipe.Open(NextSocket(), Sockets[AskPassword], password).Of(options.Program, arguments))
            : Start(host, arguments);

    private ChildProgram Start(Host host, IReadOnlyList<string> arguments) => Start(host, arguments, new ChildPlan(options.Program, arguments));

    private ChildProgram Start(Host host, IReadOnlyList<string> arguments, ChildPlan plan)
    {
        debug(SshCommandLine.Shown(arguments));
        return ChildProgram.Start(plan with { Judge = (status, complaints) => SshExit.Of(host, status, complaints) });
    }
}
