using System.Net.Sockets;

namespace TreePush.Testing;

/// <summary>
/// A machine's place in a private network: its interface, its link to the switch and its own firewall.
/// What is done to it lasts until it is undone; restarting the host changes nothing.
/// </summary>
public sealed class MachineNetwork
{
    internal const string Interface = "eth0";
    internal const int SshPort = 22;
    private const string ClosedPorts = "inet closed";
    private const string Refusals = "inet refusals";

    // How much may go at once, and how long packets wait before they are lost: with shorter queues, what a test measures
    // is how TCP gets over its losses.
    private static readonly string[] Bucket = ["burst", "64kb", "latency", "300ms"];

    private readonly PrivateNetwork _network;

    internal MachineNetwork(PrivateNetwork network, string name, string switchPort, string address)
    {
        _network = network;
        Name = name;
        SwitchPort = switchPort;
        Address = address;
    }

    public string Address { get; }

    /// <summary>All that has arrived at the interface since the fleet was started, headers and repetitions included.</summary>
    public long BytesReceived => Counter(0);

    /// <summary>All that has left the interface since the fleet was started, headers and repetitions included.</summary>
    public long BytesSent => Counter(8);

    internal string Name { get; }

    /// <summary>The number of its zone, as the third part of the address has it from 1 on; no host's for the controller.</summary>
    internal int Zone => int.Parse(Address.Split('.')[2]) - 1;

    internal string SwitchPort { get; }

    internal string NamespacePath => _network.NamespaceOf(Name);

    /// <summary>
    /// Loses all that the machine sends and is sent, also of established connections. Neither it nor the others learn of
    /// it but by waiting in vain.
    /// </summary>
    public Task CutLinkAsync(CancellationToken cancellationToken = default) =>
        _network.RunAtSwitchAsync(["nft", $"add element bridge fleet cut {{ {SwitchPort} }}"], cancellationToken);

    public Task MendLinkAsync(CancellationToken cancellationToken = default) =>
        _network.RunAtSwitchAsync(["nft", $"delete element bridge fleet cut {{ {SwitchPort} }}"], cancellationToken);

    /// <summary>Drops every attempt to connect to the machine, as where a laptop is. It can still connect to others.</summary>
    /// <param name="exceptSsh">Whether ssh alone still lets others in.</param>
    public Task CloseInboundPortsAsync(bool exceptSsh = false, CancellationToken cancellationToken = default)
    {
        var closed = exceptSsh ? $"tcp dport != {SshPort}" : "";
        var rules = $$"""
            table {{ClosedPorts}} {
                chain input {
                    type filter hook input priority 0
                    iifname "{{Interface}}" {{closed}} tcp flags & (syn | ack) == syn drop
                }
            }
            """;
        return RunAsync(["nft", rules], cancellationToken);
    }

    public Task OpenInboundPortsAsync(CancellationToken cancellationToken = default) =>
        RunAsync(["nft", $"delete table {ClosedPorts}"], cancellationToken);

    /// <summary>Limits the link, in each of its two directions.</summary>
    /// <param name="rate">As tc has it, per second: 10mbit, 500kbit.</param>
    public Task ShapeAsync(string rate, CancellationToken cancellationToken = default) => Task.WhenAll(
        RunAsync(["tc", "qdisc", "replace", "dev", Interface, "root", "tbf", "rate", rate, .. Bucket], cancellationToken),
        _network.RunAtSwitchAsync(
            ["tc", "qdisc", "replace", "dev", SwitchPort, "root", "tbf", "rate", rate, .. Bucket], cancellationToken));

    /// <summary>Makes a shaped link as fast as it was.</summary>
    public Task UnshapeAsync(CancellationToken cancellationToken = default) => Task.WhenAll(
        RunAsync(["tc", "qdisc", "delete", "dev", Interface, "root"], cancellationToken),
        _network.RunAtSwitchAsync(["tc", "qdisc", "delete", "dev", SwitchPort, "root"], cancellationToken));

    /// <summary>A TCP socket of this machine's, for the test to connect or listen with.</summary>
    public Socket OpenSocket() =>
        NetworkNamespace.Within(NamespacePath, () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));

    /// <summary>Stands between this machine's ports, but for ssh, and all who connect to them from now on.</summary>
    public Task<Meddler> MeddleAsync(Meddling meddling, CancellationToken cancellationToken = default) =>
        Meddler.StartAsync(this, meddling, cancellationToken);

    /// <summary>Refuses whatever the machine sends to a network; the refusal comes from its own kernel.</summary>
    internal Task RefuseAsync(string network, CancellationToken cancellationToken)
    {
        var rules = $$"""
            table {{Refusals}} {
                chain output {
                    type filter hook output priority 0
                    ip daddr {{network}} meta l4proto tcp reject with tcp reset
                    ip daddr {{network}} reject
                }
            }
            """;
        return RunAsync(["nft", rules], cancellationToken);
    }

    // What is not there can't be deleted.
    internal Task RefuseNobodyAsync(CancellationToken cancellationToken) =>
        RunAsync(["nft", $"add table {Refusals}; delete table {Refusals}"], cancellationToken);

    internal Task RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        _network.RunInAsync(Name, command, cancellationToken);

    // Two lines of headings, then for each interface its name, eight numbers of what came in, and eight of what went out.
    private long Counter(int column)
    {
        var lines = NetworkNamespace.Within(NamespacePath, () => File.ReadAllLines("/proc/thread-self/net/dev"));
        var numbers = lines.Select(line => line.Split(':')).First(parts => parts[0].Trim() == Interface)[1];
        return long.Parse(
            numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries)[column]);
    }
}
