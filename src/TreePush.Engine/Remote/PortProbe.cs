using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote;

/// <summary>
/// Finds out which hosts' ssh ports accept a connection. It probes thousands of hosts within a second, so that hosts that
/// are down do not delay the others. It uses the host's address as given: a host that only ssh_config can resolve stays
/// unknown. The server sees a connection that is closed at once. sshd's penalty for that, one second, has no effect: sshd
/// acts on fifteen or more.
/// </summary>
internal sealed class PortProbe(TimeProvider time)
{
    /// <summary>How long the whole probe may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>The least time for each host, however many there are.</summary>
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(0.2);

    /// <summary>
    /// This many hosts at the head of the list, and about as many spread over the rest, are probed first. If each of them
    /// has a result within <see cref="SampleTime"/> and none is down, the rest is not probed: every probe makes an sshd
    /// start a process, and a few dead hosts cause little delay.
    /// </summary>
    private const int SampleSize = 16;

    /// <summary>How long to wait for the sample.</summary>
    public TimeSpan SampleTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The interval at which results are reported.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>How many names may be looked up at once: each lookup blocks a thread.</summary>
    private static readonly SemaphoreSlim Lookups = new(16);

    /// <summary>Probes hosts, and reports one result for each.</summary>
    /// <param name="tell">Called repeatedly, each time with the results that are new.</param>
    public async Task RunAsync(IReadOnlyList<Host> hosts, Action<IReadOnlyList<ProbedHost>> tell, CancellationToken ct)
    {
        int atOnce = DescriptorLimit.ForConnections();
        var patience = hosts.Count <= atOnce ? Limit : Limit * atOnce / hosts.Count;
        if (patience < LeastPatience) patience = LeastPatience;
        var results = Channel.CreateUnbounded<ProbedHost>();
        using var end = new CancellationTokenSource(Limit, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        using var room = new SemaphoreSlim(atOnce);
        Task Probe(IEnumerable<Host> some) => Task.WhenAll(some.Select(async host =>
            results.Writer.TryWrite(new ProbedHost(host.Name, await ProbeAsync(host, room, patience, limit.Token)))));

        var (sample, others) = Split(hosts);
        var probing = Probe(sample);
        await Task.WhenAny(probing, Task.Delay(SampleTime, time, CancellationToken.None));
        var known = Known(results.Reader);
        if (known.Count == sample.Count && known.TrueForAll(h => h.Port != PortState.Silent)) known.AddRange(others.Select(h => new ProbedHost(h.Name, PortState.Unknown)));
        else probing = Task.WhenAll(probing, Probe(others));
        while (true)
        {
            if (known.Count > 0) tell(known);
            if (probing.IsCompleted && results.Reader.Count == 0) return;
            await Task.WhenAny(probing, Task.Delay(TellEvery, time, CancellationToken.None));
            known = Known(results.Reader);
        }
    }

    /// <summary>The hosts to probe first, and the others.</summary>
    private static (IReadOnlyList<Host> Sample, IReadOnlyList<Host> Others) Split(IReadOnlyList<Host> hosts)
    {
        if (hosts.Count <= 2 * SampleSize) return (hosts, []);
        int step = (hosts.Count - SampleSize) / SampleSize;
        var parts = hosts.Select((host, i) => (Host: host, IsSample: i < SampleSize || ((i - SampleSize) % step == 0))).ToLookup(h => h.IsSample, h => h.Host);
        return ([.. parts[true]], [.. parts[false]]);
    }

    private static List<ProbedHost> Known(ChannelReader<ProbedHost> results)
    {
        var known = new List<ProbedHost>();
        while (results.TryRead(out var result)) known.Add(result);
        return known;
    }

    private static async Task<PortState> ProbeAsync(Host host, SemaphoreSlim room, TimeSpan patience, CancellationToken limit)
    {
        try
        {
            var addresses = await AddressesAsync(host.Address, limit);
            if (addresses.Length == 0) return PortState.Unknown;
            await room.WaitAsync(limit);
            try
            {
                using var own = CancellationTokenSource.CreateLinkedTokenSource(limit);
                own.CancelAfter(patience);
                var states = await Task.WhenAll(addresses.Select(a => ConnectAsync(a, host.Port, own)));
                return states.Min();
            }
            finally
            {
                room.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return PortState.Unknown; // The time was up before its turn.
        }
    }

    /// <summary>The addresses of a host; empty if its name can't be resolved here.</summary>
    private static async Task<IPAddress[]> AddressesAsync(string name, CancellationToken ct)
    {
        if (IPAddress.TryParse(name, out var address)) return [address];
        await Lookups.WaitAsync(ct);
        // A lookup can't be cancelled and may take many seconds, so each has a thread of its own, and is abandoned when the
        // time is up.
        var lookup = Task.Factory.StartNew(() => LookUp(name), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await lookup.WaitAsync(ct);
    }

    private static IPAddress[] LookUp(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return [];
        }
        finally
        {
            Lookups.Release();
        }
    }

    /// <param name="others">Cancels the attempts at the host's other addresses when one has answered.</param>
    private static async Task<PortState> ConnectAsync(IPAddress address, int port, CancellationTokenSource others)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(address, port), others.Token);
            await others.CancelAsync();
            return PortState.Answered;
        }
        catch (SocketException e)
        {
            bool isOurs = e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.AddressNotAvailable;
            return isOurs ? PortState.Unknown : PortState.Silent;
        }
        catch (OperationCanceledException)
        {
            return PortState.Silent;
        }
    }
}
