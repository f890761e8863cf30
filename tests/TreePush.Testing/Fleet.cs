using System.Runtime.InteropServices;

namespace TreePush.Testing;

/// <summary>
/// Real ssh servers to push to, on loopback or in a network of their own, and a controller to push from. Every host sees its own tree at the same
/// <see cref="DataPath"/>, so one command template is right on all of them.
/// </summary>
public sealed class Fleet : IAsyncDisposable
{
    internal const string DataDirectoryName = "data";

    // Starting is mostly waiting for others; more at once than this only makes each of them slower.
    private const int StartsAtOnce = 8;

    // Neither of these may depend on the machine: sockets of shared connections, below the fleet, must have short paths.
    private const string TempDirectory = "/tmp";
    private const string SshdRunDirectory = "/run/sshd";

    private static readonly Lazy<string?> Lacking = new(Requirements.Missing);
    private static readonly Lazy<string?> LackingForPrivate = new(Requirements.MissingForPrivate);

    private readonly string _root = Path.Combine(TempDirectory, $"tp-fleet-{Path.GetRandomFileName()[..8]}");
    private readonly IFleetNetwork _network;
    private Janitor? _janitor;

    private Fleet(FleetOptions options)
    {
        var isPrivate = options.Network == NetworkKind.Private;
        _network = isPrivate ? new PrivateNetwork(Path.Combine(_root, "network")) : LoopbackNetwork.Claim();
        Controller = new Controller(Path.Combine(_root, "controller"), DataPath, _network);
        Hosts = [.. Enumerable.Range(0, options.Hosts).Select(index => CreateHost(index, options))];
    }

    public IReadOnlyList<FleetHost> Hosts { get; }

    public Controller Controller { get; }

    /// <summary>The directory that is another one on every host. Here it is the controller's.</summary>
    public string DataPath => Path.Combine(_root, DataDirectoryName);

    /// <summary>For `ssh -F`, inside and outside the controller: the fleet's key and its own known hosts.</summary>
    public string SshConfigPath => Path.Combine(Controller.HomeDirectory, ".ssh", "config");

    /// <summary>What the machine lacks for a fleet, in a sentence with what to do, or null.</summary>
    public static string? MissingRequirement(NetworkKind network = NetworkKind.Loopback) =>
        Lacking.Value ?? (network == NetworkKind.Private ? LackingForPrivate.Value : null);

    public static async Task<Fleet> StartAsync(FleetOptions options, CancellationToken cancellationToken = default)
    {
        if (MissingRequirement(options.Network) is { } lacking)
            throw new InvalidOperationException(lacking);
        if (options.Zones is < 1 or > IFleetNetwork.MaxZones || options.Hosts > options.Zones * IFleetNetwork.MaxHostsInZone)
            throw new ArgumentException($"{options.Hosts} hosts in {options.Zones} zones have no addresses.", nameof(options));
        var fleet = new Fleet(options);
        try
        {
            await fleet.StartHostsAsync(options, cancellationToken);
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes a host list, one line a host.</summary>
    /// <param name="hosts">All hosts, unless given.</param>
    /// <param name="line">A host's line; "address port user" unless given.</param>
    /// <param name="path">Where to; a new file in the fleet's directory unless given.</param>
    /// <returns>The list's path.</returns>
    public async Task<string> WriteHostListAsync(
        IEnumerable<FleetHost>? hosts = null, Func<FleetHost, string>? line = null, string? path = null,
        CancellationToken cancellationToken = default)
    {
        path ??= Path.Combine(_root, $"hosts-{Path.GetRandomFileName()[..8]}.txt");
        line ??= host => $"{host.Address} {host.Port} {host.User}";
        await File.WriteAllLinesAsync(path, (hosts ?? Hosts).Select(line), cancellationToken);
        return path;
    }

    /// <summary>
    /// Puts a firewall between two zones of a private network: nothing gets through, in either direction, also of
    /// connections that stand.
    /// </summary>
    public Task ForbidBetweenAsync(int zone, int otherZone, Refusal refusal, CancellationToken cancellationToken = default) =>
        PrivateNetwork.ForbidBetweenAsync(zone, otherZone, refusal, cancellationToken);

    /// <summary>Takes all firewalls between zones away.</summary>
    public Task PermitAllAsync(CancellationToken cancellationToken = default) =>
        PrivateNetwork.PermitAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            // First whoever pushes, so that nobody reports the death of the hosts.
            await Controller.DisposeAsync();
            await Task.WhenAll(Hosts.Select(host => host.DisposeAsync().AsTask()));
        }
        finally
        {
            await _network.DisposeAsync();
            if (_janitor is not null)
                await _janitor.DisposeAsync();
        }
    }

    private PrivateNetwork PrivateNetwork =>
        _network as PrivateNetwork ?? throw new InvalidOperationException(FleetOptions.NotPrivate);

    private FleetHost CreateHost(int index, FleetOptions options)
    {
        var zone = index * options.Zones / options.Hosts;
        var firstOfZone = ((zone * options.Hosts) + options.Zones - 1) / options.Zones;
        var address = _network.AddressOf(zone, index - firstOfZone);
        return new FleetHost(new HostPlace(index, zone, address), _network, _root, options.Of(index));
    }

    private async Task StartHostsAsync(FleetOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(SshdRunDirectory);
        Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(DataPath);
        _janitor = Janitor.Engage(_root);
        if (options.Network == NetworkKind.Private)
            await Tool.RunAsync("mount", ["-t", "tmpfs", "-o", "mode=0755", "fleet", DataPath], cancellationToken);
        await _network.StartAsync(cancellationToken);
        var key = await StartControllerAsync(options, cancellationToken);
        await Parallel.ForEachAsync(
            Hosts,
            new ParallelOptions { MaxDegreeOfParallelism = StartsAtOnce, CancellationToken = cancellationToken },
            async (host, token) =>
            {
                await host.PrepareAsync(key, options.HostsTrustEachOther, token);
                await host.StartAsync(token);
            });
    }

    private async Task<string> StartControllerAsync(FleetOptions options, CancellationToken cancellationToken)
    {
        var home = Directory.CreateDirectory(Controller.HomeDirectory).FullName;
        var key = Path.Combine(_root, "client_key");
        var configuration = $"""
            IdentityFile {key}
            IdentitiesOnly yes
            UserKnownHostsFile {Path.Combine(home, ".ssh", "known_hosts")}
            StrictHostKeyChecking accept-new

            """;
        await SshKeys.CreateAsync(key, cancellationToken);
        await SshKeys.FurnishAsync(home, key, holdsKey: true, configuration, cancellationToken);

        var runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        string[] published = Environment.GetEnvironmentVariable("TREEPUSH") is { Length: > 0 } program ? [Path.GetDirectoryName(Path.GetFullPath(program))!] : [];
        await Controller.EncloseAsync([AppContext.BaseDirectory, runtime, .. published, .. options.VisibleToController], cancellationToken);
        return key;
    }
}
