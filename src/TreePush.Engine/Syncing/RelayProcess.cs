using System.Net;
using TreePush.Core.Hosts;
using TreePush.Core.Syncing;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Syncing;

/// <summary>A relay that was started on a host, and the connection to that host, which ends with it.</summary>
public sealed class RelayProcess : IRelayProcess
{
    private readonly IRemoteHost _remote;
    private readonly IRemoteProgram _program;
    private readonly Tail _tail;
    private bool _started;
    private bool _closed;

    private RelayProcess(Host host, IRemoteHost remote, IRemoteProgram program, Tail tail)
    {
        (Host, _remote, _program, _tail) = (host, remote, program, tail);
        Received = new MarkedStream(program.Output);
        Ended = WatchAsync();
    }

    public Host Host { get; }

    public Stream Input => _program.Input;

    public Stream Output => Received;

    public Task<RelayExit> Ended { get; }

    /// <summary>Whether the relay had to be sent to the host first.</summary>
    public bool WasPlaced { get; internal set; }

    /// <summary>Bytes that this machine sent to place the relay; 0 if it was there, or came from another host.</summary>
    public long BytesPlaced { get; internal set; }

    public SshAddresses? Addresses { get; internal set; }

    public string Program { get; internal set; } = "";

    internal MarkedStream Received { get; }

    /// <summary>Opens the shell that becomes the relay.</summary>
    /// <param name="remote">It is disposed of with the relay, and if the opening fails.</param>
    /// <exception cref="RemoteException">The host gives no shell.</exception>
    internal static async Task<RelayProcess> OpenAsync(Host host, IRemoteHost remote, Action<string> said, CancellationToken ct)
    {
        var tail = new Tail();
        try
        {
            var program = await remote.OpenProgramAsync(line => Keep(line, tail, said), ct);
            return new RelayProcess(host, remote, program, tail);
        }
        catch
        {
            await remote.DisposeAsync();
            throw;
        }
    }

    public Task<int> ForwardToHereAsync(EndPoint end, CancellationToken ct) => _remote.ForwardToHereAsync(end, ct);

    /// <summary>
    /// Forwards to a port of the host. <see cref="ForwardToHereAsync"/> of a second host takes the result, which connects
    /// the two hosts.
    /// </summary>
    public Task<EndPoint> ForwardToHostAsync(int port, CancellationToken ct) => _remote.ForwardToHostAsync(port, ct);

    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        _closed = true;
        await _program.DisposeAsync();
        await _remote.DisposeAsync();
    }

    /// <summary>
    /// Marks the relay as started. Lines that were printed while it was found or placed do not explain how it ends, and
    /// are dropped.
    /// </summary>
    internal void MarkStarted()
    {
        _tail.Clear();
        _started = true;
    }

    private static void Keep(string line, Tail tail, Action<string> said)
    {
        tail.Add(line);
        said(line);
    }

    private async Task<RelayExit> WatchAsync()
    {
        var (status, loss) = await _program.Ended;
        var tail = _tail.Lines;
        if (status == 0 || _closed) return new RelayExit(status, tail, null);
        return new RelayExit(status, tail, loss ?? (_started ? RelayDiagnosis.OfEnd(Host, status, tail) : RelayDiagnosis.OfStart(Host, status, tail)));
    }
}
