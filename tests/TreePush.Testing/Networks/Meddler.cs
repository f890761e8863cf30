using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TreePush.Testing;

/// <summary>
/// Somebody on the wire who changes what is sent, below the eyes of TCP: a proxy in a machine's own network to which the
/// connections from outside are diverted. The machine sees them come from itself. Disposing ends those that go through it.
/// </summary>
public sealed class Meddler : IAsyncDisposable
{
    private const string Diversion = "ip meddler";

    // Linux's names for where a diverted connection wanted to go.
    private const int IpLevel = 0;
    private const int OriginalDestination = 80;

    private readonly MachineNetwork _machine;
    private readonly Meddling _meddling;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;
    private int _started;
    private int _falsified;

    private Meddler(MachineNetwork machine, Meddling meddling, Socket listener)
    {
        _machine = machine;
        _meddling = meddling;
        _listener = listener;
        _serving = ServeAsync();
    }

    /// <summary>How many connections went through it.</summary>
    public int Seen => Volatile.Read(ref _started);

    /// <summary>How many bytes were changed and sent on.</summary>
    public int Falsified => Volatile.Read(ref _falsified);

    public async ValueTask DisposeAsync()
    {
        await _machine.RunAsync(["nft", $"delete table {Diversion}"], CancellationToken.None);
        await _ending.CancelAsync();
        await _serving;
        _listener.Dispose();
        _ending.Dispose();
    }

    internal static async Task<Meddler> StartAsync(
        MachineNetwork machine, Meddling meddling, CancellationToken cancellationToken)
    {
        var listener = machine.OpenSocket();
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Any, 0));
            listener.Listen();
            var rules = $$"""
                table {{Diversion}} {
                    chain diversion {
                        type nat hook prerouting priority dstnat
                        iifname "{{MachineNetwork.Interface}}" tcp dport != {{MachineNetwork.SshPort}} redirect to :{{((IPEndPoint)listener.LocalEndPoint!).Port}}
                    }
                }
                """;
            await machine.RunAsync(["nft", rules], cancellationToken);
            return new Meddler(machine, meddling, listener);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    private async Task ServeAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
                connections.Add(PassOnAsync(await _listener.AcceptAsync(_ending.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassOnAsync(Socket client)
    {
        Interlocked.Increment(ref _started);
        using var machine = _machine.OpenSocket();
        using (client)
        {
            try
            {
                await machine.ConnectAsync(DestinationOf(client), _ending.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                return; // Nobody listens there, and whoever asked sees the connection end.
            }

            await Task.WhenAll(
                PumpAsync(client, machine, falsifies: !_meddling.InAnswers),
                PumpAsync(machine, client, falsifies: _meddling.InAnswers));
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool falsifies)
    {
        var buffer = new byte[64 * 1024];
        var untilTarget = falsifies ? _meddling.AfterBytes : long.MaxValue;
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, _ending.Token)) > 0)
            {
                if (untilTarget >= 0 && untilTarget < count && TakeTurn())
                    buffer[untilTarget] ^= 0xFF;
                untilTarget -= count;
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _ending.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One of the two has gone; the other is to know at once.
            from.Dispose();
            to.Dispose();
        }
    }

    private bool TakeTurn()
    {
        int taken;
        while ((taken = Falsified) < _meddling.Connections)
        {
            if (Interlocked.CompareExchange(ref _falsified, taken + 1, taken) == taken)
                return true;
        }

        return false;
    }

    // The answer is the kernel's own form of an address: two bytes of family, two of port, four of address.
    private static IPEndPoint DestinationOf(Socket diverted)
    {
        Span<byte> address = stackalloc byte[16];
        diverted.GetRawSocketOption(IpLevel, OriginalDestination, address);
        return new IPEndPoint(new IPAddress(address[4..8]), BinaryPrimitives.ReadUInt16BigEndian(address[2..]));
    }
}
