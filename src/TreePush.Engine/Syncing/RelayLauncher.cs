using TreePush.Core.Hosts;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;

namespace TreePush.Engine.Syncing;

/// <summary>
/// Starts relays: on this machine as a child, elsewhere over one ssh session, whose streams become the relay's. That ssh
/// is the master of a shared connection, so that forwardings can be asked of it later; it carries no other session.
/// </summary>
/// <param name="packages">The relays there are; <see cref="RelayPackage.Shipped"/>.</param>
public sealed class RelayLauncher(SshOptions options, IReadOnlyList<RelayPackage> packages, TimeProvider time, Action<string> debug) : IRelayLauncher
{
    private readonly Lazy<SocketFolder> _sockets = new(() => new SocketFolder());

    /// <summary>Starts a host's relay, and places it there first where it is not yet; what only passes is tried again.</summary>
    /// <exception cref="RemoteException">The host can't be reached or can't run the relay; the failure says why.</exception>
    public Task<RelayProcess> StartAsync(Host host, RelayStart start, CancellationToken ct) =>
        PassingFailures.RetryAsync(host, time, () => TryStartAsync(host, start, ct), ct);

    async Task<IRelayProcess> IRelayLauncher.StartAsync(Host host, RelayStart start, CancellationToken ct) => await StartAsync(host, start, ct);

    /// <summary>To be called when all relays are disposed of.</summary>
    public void Dispose()
    {
        if (_sockets.IsValueCreated) _sockets.Value.Dispose();
    }

    private async Task<RelayProcess> TryStartAsync(Host host, RelayStart start, CancellationToken ct)
    {
        IRelayForwards forwards = host.IsLocal ? new LocalForwards()
            : options.ShareConnections ? new SharedForwards(host, _sockets.Value, debug)
            : new SeparateForwards(options, host, debug);
        var process = new RelayProcess(host, Launch(host, forwards), forwards, start.Said);
        try
        {
            await new RelayStartup(process, packages, options.ConnectTimeout, (forwards as SharedForwards)?.Socket, time).RunAsync(start, ct);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private ChildProgram Launch(Host host, IRelayForwards forwards)
    {
        if (host.IsLocal) return ChildProgram.Start("sh", RemoteScript.BootstrapArguments);
        var arguments = forwards is SharedForwards shared ? SshCommandLine.Share(options, host, shared.Socket) : SshCommandLine.Connect(options, host);
        debug(SshCommandLine.Shown(arguments));
        return ChildProgram.Start("ssh", arguments);
    }
}
