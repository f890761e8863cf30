using System.Net;
using TreePush.Core.Broadcasting;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Broadcasting;

/// <summary>A relay that runs on a host, for as long as its input is open. Disposing of it ends it.</summary>
public sealed class RelayProcess : IAsyncDisposable
{
    private const int TailLines = 20;

    /// <summary>How long a relay that was told to end may take, before its connection is cut.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

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

    /// <summary>The relay's standard input; when it ends, so does the relay.</summary>
    public Stream Input => _child.Input;

    /// <summary>The relay's standard output, from behind its greeting.</summary>
    public Stream Output => Received;

    /// <summary>Completes, without ever failing, when the relay or the connection to it is gone.</summary>
    public Task<RelayExit> Ended { get; }

    /// <summary>Whether the relay had to be sent to the host first.</summary>
    public bool WasPlaced { get; internal set; }

    /// <summary>Bytes that were sent from here to place it; 0 where it was there, and where another host gave it.</summary>
    public long BytesPlaced { get; internal set; }

    /// <summary>The ends of the ssh connection as the host sees them; null for this machine, and where sshd does not tell.</summary>
    public SshAddresses? Addresses { get; internal set; }

    internal RelayStream Received { get; }

    /// <summary>Opens a way from the host to a port of this machine, through the ssh connection, for as long as the relay runs.</summary>
    /// <returns>A port of the host's 127.0.0.1.</returns>
    /// <exception cref="RemoteException">The host's ssh server does not forward.</exception>
    public Task<int> ForwardBackAsync(int controllerPort, CancellationToken ct) =>
        ForwardBackAsync(new IPEndPoint(IPAddress.Loopback, controllerPort), ct);

    /// <summary>The same, to any place that can be connected to from this machine: what <see cref="ForwardToAsync"/> of another host's relay gave joins two hosts that can't reach each other.</summary>
    /// <param name="end">An IP address and port, or a Unix socket.</param>
    public Task<int> ForwardBackAsync(EndPoint end, CancellationToken ct) => _forwards.BackAsync(end, ct);

    /// <summary>Opens a way from this machine to a port of the host's 127.0.0.1, through the ssh connection, for as long as the relay runs.</summary>
    /// <returns>What to connect to here: a Unix socket that only this user can open, or a port.</returns>
    /// <exception cref="RemoteException">The way could not be opened. A server that does not forward shows only when connections through it end at once.</exception>
    public Task<EndPoint> ForwardToAsync(int relayPort, CancellationToken ct) => _forwards.ToAsync(relayPort, ct);

    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        _closed = true;
        _child.CloseInput();
        if (await Task.WhenAny(Ended, Task.Delay(EndPatience)).ConfigureAwait(false) != Ended) _child.Kill();
        await Ended.ConfigureAwait(false);
        await _forwards.DisposeAsync().ConfigureAwait(false);
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

    private async Task<RelayExit> WatchAsync()
    {
        await _reading.ConfigureAwait(false);
        int status = await _child.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        string[] tail = [.. _tail];
        if (status == 0 || _closed) return new RelayExit(status, tail, null);
        return new RelayExit(status, tail, _started ? RelayDiagnosis.OfEnd(Host, status, tail) : RelayDiagnosis.OfStart(Host, status, tail));
    }
}
