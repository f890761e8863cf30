using System.Net;
using TreePush.Core.Hosts;
using TreePush.Core.Syncing;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Syncing;

/// <summary>A relay that was started by ssh, or by a shell of this machine.</summary>
public sealed class RelayProcess : IRelayProcess
{
    private const int TailLines = 20;

    /// <summary>What ssh ends with where there is no other status.</summary>
    private const int LostStatus = 255;

    /// <summary>How long a relay that was told to end may take, before its connection is cut.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    private readonly ChildProgram _child;
    private readonly IRelayForwards _forwards;
    private readonly Queue<string> _tail = new();
    private readonly Task _reading;
    private bool _started;
    private bool _closed;

    internal RelayProcess(Host host, ChildProgram child, IRelayForwards forwards, Action<string> said)
    {
        (Host, _child, _forwards) = (host, child, forwards);
        Received = new RelayStream(child.Output);
        _reading = child.ReadErrorLinesAsync(line => Keep(line, said), CancellationToken.None);
        Ended = WatchAsync();
    }

    public Host Host { get; }

    public Stream Input => _child.Input;

    public Stream Output => Received;

    public Task<RelayExit> Ended { get; }

    /// <summary>Whether the relay had to be sent to the host first.</summary>
    public bool WasPlaced { get; internal set; }

    /// <summary>Bytes that were sent from here to place it; 0 where it was there, and where another host gave it.</summary>
    public long BytesPlaced { get; internal set; }

    public SshAddresses? Addresses { get; internal set; }

    public string Program { get; internal set; } = "";

    internal RelayStream Received { get; }

    /// <summary>Opens a way from the host to a port of this machine, through the ssh connection, for as long as the relay runs.</summary>
    /// <returns>A port of the host's 127.0.0.1.</returns>
    /// <exception cref="RemoteException">The host's ssh server does not forward.</exception>
    public Task<int> ForwardBackAsync(int controllerPort, CancellationToken ct) =>
        ForwardBackAsync(new IPEndPoint(IPAddress.Loopback, controllerPort), ct);

    /// <summary>What <see cref="ForwardToAsync"/> of another host's relay gave joins two hosts that can't reach each other.</summary>
    public Task<int> ForwardBackAsync(EndPoint end, CancellationToken ct) => _forwards.BackAsync(end, ct);

    public Task<EndPoint> ForwardToAsync(int relayPort, CancellationToken ct) => _forwards.ToAsync(relayPort, ct);

    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        _closed = true;
        await _child.StopAsync(Ended, EndPatience);
        await _forwards.DisposeAsync();
        _child.Dispose();
    }

    internal Task WriteLineAsync(string line, CancellationToken ct) => _child.WriteLineAsync(line, ct);

    /// <summary>What was printed while the relay was found or placed says nothing of how it ends.</summary>
    internal void MarkStarted()
    {
        lock (_tail) _tail.Clear();
        _started = true;
    }

    private void Keep(string line, Action<string> said)
    {
        lock (_tail)
        {
            _tail.Enqueue(line);
            if (_tail.Count > TailLines) _tail.Dequeue();
        }

        said(line);
    }

    private string[] Tail()
    {
        lock (_tail) return [.. _tail];
    }

    private async Task<RelayExit> WatchAsync()
    {
        int status = await _child.EndAsync(_reading) ?? LostStatus;
        string[] tail = Tail();
        if (status == 0 || _closed) return new RelayExit(status, tail, null);
        return new RelayExit(status, tail, _started ? RelayDiagnosis.OfEnd(Host, status, tail) : RelayDiagnosis.OfStart(Host, status, tail));
    }
}
