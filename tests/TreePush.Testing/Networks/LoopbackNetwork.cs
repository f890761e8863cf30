using System.Net;
using System.Net.Sockets;

namespace TreePush.Testing;

/// <summary>
/// One of the networks 127.x.0.0/16, held for this fleet alone by a listener at its last address, so that fleets of test
/// runs side by side never meet. The claim ends with the process, however that ends.
/// </summary>
internal sealed class LoopbackNetwork : IFleetNetwork
{
    private const int ClaimPort = 22222;

    // Below the range from which the kernel takes ports for outgoing connections.
    private const int FirstPort = 10_000;
    private const int LastPort = 30_000;

    private readonly TcpListener _claim;
    private readonly int _number;

    private LoopbackNetwork(TcpListener claim, int number)
    {
        _claim = claim;
        _number = number;
    }

    public static LoopbackNetwork Claim()
    {
        foreach (var number in Enumerable.Range(16, 200).OrderBy(_ => Random.Shared.Next()))
        {
            if (TryListen(Address(number, 255, 254), ClaimPort) is { } claim)
                return new LoopbackNetwork(claim, number);
        }

        throw new InvalidOperationException("No loopback network is free. hint: end the other test runs");
    }

    /// <summary>One that a fleet's controller shares with the machine.</summary>
    public string ControllerAddress => "127.0.0.1";

    public string AddressOf(int zone, int host) => Address(_number, zone + 1, host + 1).ToString();

    /// <summary>A port that nobody listens at. It stays free, as nobody else uses the network.</summary>
    public int SshPortAt(string address)
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort);
            if (TryListen(IPAddress.Parse(address), port) is { } listener)
            {
                listener.Dispose();
                return port;
            }
        }
    }

    public MachineNetwork? Connect(string name, string address) => null;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _claim.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IPAddress Address(int network, int zone, int host) =>
        IPAddress.Parse($"127.{network}.{zone}.{host}");

    private static TcpListener? TryListen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            listener.Dispose();
            return null;
        }
    }
}
