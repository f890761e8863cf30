using System.Text.RegularExpressions;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>
/// An ssh process that is the master of a shared connection. The connection lasts as long as the master's own session, a
/// shell. It ends, with all its sessions, when the controller does.
/// </summary>
internal sealed partial class SharedConnection : SshConnection
{
    private readonly SshDriver _driver;
    private readonly Host _host;
    private readonly string _socket;
    private volatile bool _ending;
    private volatile bool _isLost;

    private SharedConnection(SshDriver driver, Host host, HostShell shell, string socket)
        : base(host, shell)
    {
        (_driver, _host, _socket) = (driver, host, socket);
        Forwards = new SharedForwards(driver, host, socket);
    }

    public override bool IsUp => !_ending && !_isLost && !Shell.Ended.IsCompleted;

    public override IForwards? Forwards { get; }

    /// <param name="ssh">Runs <see cref="RemoteScript.Bootstrap"/> at the host; it is disposed of with the connection.</param>
    /// <exception cref="RemoteException">No connection could be made; the failure says why.</exception>
    public static async Task<SharedConnection> OpenAsync(SshDriver driver, Host host, ChildProgram ssh, string socket, CancellationToken ct)
    {
        await using var limit = driver.NewLimit(socket, ct);
        return new SharedConnection(driver, host, await HostShell.OpenAsync(host, ssh, limit.Token, ct), socket);
    }

    public override Task<ShellChannel> JoinAsync(CancellationToken ct) => Task.FromResult<ShellChannel>(_driver.Join(_host, _socket));

    public override LoginLimit LimitJoined(CancellationToken ct) => _driver.NewLimit(_socket, ct);

    /// <summary>
    /// A server may allow fewer sessions on a connection than OpenSSH's default of ten. A refused session leaves the
    /// connection as it is. So if the connection is gone, the session was lost, and its command may have run.
    /// </summary>
    public override bool IsRefusal(IReadOnlyList<string> complaints) => IsUp && complaints.Any(line => Refused().IsMatch(line));

    /// <summary>An ssh that finds no master at the socket makes no connection of its own (<see cref="SshCommandLine.Join"/>), and reports that none could be made.</summary>
    public override bool FindsLost(IReadOnlyList<string> complaints)
    {
        bool found = complaints.Any(line => line.StartsWith("kex_exchange_identification: ", StringComparison.Ordinal));
        if (found) _isLost = true;
        return found;
    }

    /// <summary>
    /// Ends the program that has the shell. ssh, and with it the connection, ends as soon as its other sessions have
    /// ended, or by <see cref="SshConnection.DisposeAsync"/>.
    /// </summary>
    protected override async ValueTask EndProgramAsync()
    {
        _ending = true;
        if (HasSessions) Shell.CloseInput();
        else await Shell.DisposeAsync();
    }

    /// <summary>A message of ssh itself. Commands print similar words: "open failed: No such file or directory".</summary>
    [GeneratedRegex("^(mux_client_request_session: session request failed: |channel [0-9]+: open failed: )", RegexOptions.CultureInvariant)]
    private static partial Regex Refused();
}
