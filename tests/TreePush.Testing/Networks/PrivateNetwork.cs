
namespace TreePush.Testing;

/// <summary>
/// A switch and the machines at it, each in a network namespace of its own. The namespaces have names only inside the
/// mount namespace of their keeper, so fleets side by side never meet, the machine's own network is not touched, and all
/// of it goes when the keeper does. They outlive the restart of a host: a slow host comes back slow.
/// </summary>
internal sealed class PrivateNetwork(string directory) : IFleetNetwork
{
    // Address resolution is let through even where a link is cut: hosts that lie behind a broken path know no better.
    private const string Rules = """
        table bridge fleet {
            set cut { type ifname; }
            chain zones { type filter hook forward priority 0; }
            chain forward {
                type filter hook forward priority 0
                iifname @cut ether type { ip, ip6 } drop
                oifname @cut ether type { ip, ip6 } drop
            }
        }
        """;

    private const string Switch = "switch";
    private readonly List<MachineNetwork> _machines = [];
    private Enclosure? _keeper;

    public string ControllerAddress => "10.77.255.254";

    private string Names => Path.Combine(directory, "run");

    public string AddressOf(int zone, int host) =>
        $"10.77.{zone + 1}.{host + 1}";

    public int SshPortAt(string address) => MachineNetwork.SshPort;

    public MachineNetwork Connect(string name, string address)
    {
        var machine = new MachineNetwork(this, name, $"port{_machines.Count}", address);
        _machines.Add(machine);
        return machine;
    }

    MachineNetwork? IFleetNetwork.Connect(string name, string address) => Connect(name, address);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Names);
        _keeper = await Enclosure.StartAsync(new EnclosurePlan(directory, [new Bind(Names, "/run")]), cancellationToken);
        var script = Path.Combine(directory, "build");
        await File.WriteAllTextAsync(script, BuildScript(), cancellationToken);
        await Tool.RunAsync("nsenter", [$"--mount=/proc/{_keeper.KeeperId}/ns/mnt", "--", "bash", script], cancellationToken);
    }

    /// <summary>The file of a machine's network namespace, as all the machine sees it.</summary>
    public string NamespaceOf(string name) => _keeper is { } keeper
        ? $"/proc/{keeper.KeeperId}/root/run/netns/{name}"
        : throw new InvalidOperationException("The network is not up.");

    /// <summary>Runs a program of the network's in a machine's namespace.</summary>
    public Task RunInAsync(string name, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        Tool.RunAsync("nsenter", [$"--net={NamespaceOf(name)}", "--", .. command], cancellationToken);

    /// <summary>Runs a program where the switch is, with the ports of all machines.</summary>
    public Task RunAtSwitchAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        RunInAsync(Switch, command, cancellationToken);

    public async Task ForbidBetweenAsync(int zone, int otherZone, Refusal refusal, CancellationToken cancellationToken)
    {
        foreach (var (from, to) in new[] { (zone, otherZone), (otherZone, zone) })
        {
            if (refusal == Refusal.Drop)
            {
                var rule = $"add rule bridge fleet zones ip saddr {NetworkOf(from)} ip daddr {NetworkOf(to)} drop";
                await RunAtSwitchAsync(["nft", rule], cancellationToken);
                continue;
            }

            // Not every kernel can refuse at a switch, but each at its own door.
            foreach (var machine in _machines.Where(machine => machine.Zone == from))
                await machine.RefuseAsync(NetworkOf(to), cancellationToken);
        }
    }

    public async Task PermitAllAsync(CancellationToken cancellationToken)
    {
        await RunAtSwitchAsync(["nft", "flush chain bridge fleet zones"], cancellationToken);
        foreach (var machine in _machines)
            await machine.RefuseNobodyAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is { } keeper)
        {
            _keeper = null;
            await keeper.DisposeAsync();
        }
    }

    // A few calls for all machines, as each call costs what a hundred of its lines do.
    private string BuildScript()
    {
        var names = string.Join('\n', _machines.Select(machine => $"netns add {machine.Name}"));
        var ports = string.Join('\n', _machines.Select(machine =>
            $"link add {machine.SwitchPort} up master switch0 type veth peer name {MachineNetwork.Interface} netns {machine.Name}"));
        var machines = string.Join('\n', _machines.Select(machine => $"""
            ip -n {machine.Name} -batch - <<END
            link set lo up
            link set {MachineNetwork.Interface} addrgenmode none
            address add {machine.Address}/16 dev {MachineNetwork.Interface}
            link set {MachineNetwork.Interface} up
            END
            """));
        return $"""
            set -e
            ip -batch - <<END
            netns add {Switch}
            {names}
            END
            ip -n {Switch} -batch - <<END
            link add switch0 up type bridge
            {ports}
            END
            {machines}
            nsenter --net=/run/netns/{Switch} nft -f - <<END
            {Rules}
            END

            """;
    }

    private static string NetworkOf(int zone) => $"10.77.{zone + 1}.0/24";
}
