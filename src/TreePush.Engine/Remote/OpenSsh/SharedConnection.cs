using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>
/// An ssh that is the master of a shared connection. It stands for as long as its own session, a shell, does, and ends, with
/// all others, when the controller does.
/// </summary>
internal sealed class SharedConnection : SshConnection
{
    private readonly SshDriver _driver;
    private readonly Host _host;
    private readonly string _socket;
    private volatile bool _ending;

    private SharedConnection(SshDriver driver, Host host, HostShell shell, string socket)
        : base(host, shell)
    {
        (_driver, _host, _socket) = (driver, host, socket);
        Forwards = new SharedForwards(driver, host, socket);
    }

    public override bool IsUp => !_ending && !Shell.Ended.IsCompleted;

    public override IForwards? Forwards { get; }

    /// <param name="ssh">Runs <see cref="RemoteScript.Bootstrap"/> at the host; it ends with the connection.</param>
    /// <exception cref="RemoteException">No connection could be made; the failure says why.</exception>
    public static async Task<SharedConnection> OpenAsync(SshDriver driver, Host host, ChildProgram ssh, string socket, CancellationToken ct)
    {
        await using var limit = driver.NewLimit(socket, ct);
        return new SharedConnection(driver, host, await HostShell.OpenAsync(host, ssh, limit.Token, ct), socket);
    }

    public override Task<ShellChannel> JoinAsync(CancellationToken ct) => Task.FromResult<ShellChannel>(_driver.Join(_host, _socket));

    public override LoginLimit LimitJoined(CancellationToken ct) => _driver.NewLimit(_socket, ct);

    /// <summary>A server may take fewer sessions on a connection than OpenSSH's usual ten.</summary>
    public override bool IsRefusal(IReadOnlyList<string> complaints) =>
        complaints.Any(l => l.Contains("session request failed", StringComparison.Ordinal) || l.Contains("open failed", StringComparison.Ordinal));

    /// <summary>With the program ssh ends, and with it the connection, as soon as its other sessions have; or it is ended by <see cref="SshConnection.DisposeAsync"/>.</summary>
    protected override async ValueTask EndProgramAsync()
    {
        _ending = true;
        if (HasSessions) Shell.CloseInput();
        else await Shell.DisposeAsync();
    }
}
