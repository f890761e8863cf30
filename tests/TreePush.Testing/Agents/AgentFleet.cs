namespace TreePush.Testing;

/// <summary>Hosts for agents on loopback, each with its own files at the same path and a real rsync daemon.</summary>
public sealed class AgentFleet : IAsyncDisposable
{
    // Starting is mostly waiting for others.
    private const int StartsAtOnce = 8;

    private readonly string _root = Path.Combine("/tmp", $"tp-agents-{Path.GetRandomFileName()[..8]}");
    private readonly LoopbackNetwork _network = LoopbackNetwork.Claim();
    private Janitor? _janitor;

    private AgentFleet(int hosts) => Hosts = [.. Enumerable.Range(0, hosts).Select(CreateHost)];

    public IReadOnlyList<AgentHost> Hosts { get; }

    /// <summary>The directory that is another one on every host.</summary>
    public string DataPath => Path.Combine(_root, "data");

    /// <summary>What the machine lacks for a fleet, in a sentence with what to do, or null.</summary>
    public static string? MissingRequirement() => Fleet.MissingRequirement() ?? RedisServer.MissingRequirement() ?? Needs.MissingOf("rsync", "nsenter");

    public static async Task<AgentFleet> StartAsync(int hosts, CancellationToken cancellationToken = default)
    {
        var fleet = new AgentFleet(hosts);
        try
        {
            Directory.CreateDirectory(fleet.DataPath);
            fleet._janitor = Janitor.Engage(fleet._root);
            var options = new ParallelOptions { MaxDegreeOfParallelism = StartsAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(fleet.Hosts, options, async (host, token) => await host.StartAsync(token));
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Hosts.Select(h => h.DisposeAsync().AsTask()));
        await _network.DisposeAsync();
        if (_janitor is not null) await _janitor.DisposeAsync();
    }

    private AgentHost CreateHost(int index)
    {
        string address = _network.AddressOf(0, index);
        return new AgentHost(Path.Combine(_root, "hosts", $"{index}"), DataPath, address, _network.SshPortAt(address));
    }
}
