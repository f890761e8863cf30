using System.Runtime.CompilerServices;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>
/// A tree that one test brings to hosts of the fleet, in large files and small. Links are slow until something has
/// befallen the transfer, so that it does not end before; then they are fast, so that nobody waits for the rest.
/// </summary>
internal sealed class FaultySync(Fleet fleet, [CallerMemberName] string test = "")
{
    /// <summary>The name of a relay's process, as far as the kernel keeps it.</summary>
    public const string Relay = "treepush-relay-";

    /// <summary>A tenth of <see cref="Rate"/>.</summary>
    public const string SlowRate = "1mbit";

    private const string Rate = "10mbit";
    private const string FastRate = "200mbit";

    /// <summary>By then a host is in the midst of it: a login alone is far less.</summary>
    private const int UnderWay = 700_000;

    private static readonly TreeLiteral Tree = Enumerable.Range(0, 100)
        .Aggregate(new TreeLiteral(), (tree, n) => tree.RandomFile($"few/{n}", 4_000 + n, seed: n))
        .RandomFile("large", 9_000_000, seed: 1000).RandomFile("second", 5_000_000, seed: 1001).Directory("void").Link("link", "large");

    private readonly Dictionary<FleetHost, long> _before = [];

    /// <summary>The bytes of all its files.</summary>
    public const long Size = 9_000_000 + 5_000_000 + (100 * 4_000) + (99 * 100 / 2);

    /// <summary>How long a run may take.</summary>
    public TimeSpan Limit { get; init; } = ProgramOptions.DefaultTimeout;

    public Workplace Work { get; } = new(fleet, test);

    public string Source => Path.Combine(fleet.DataPath, Work.Name, "source");

    public string Destination => Path.Combine(fleet.DataPath, Work.Name, "copy");

    public IReadOnlyList<RunEvent> Events => Work.Events;

    /// <summary>Where the tests see SRC on a host; the controller's is null.</summary>
    public string SourceOn(FleetHost? host) => host is null ? Source : Path.Combine(host.DataDirectory, Work.Name, "source");

    public string CopyOn(FleetHost host) => Path.Combine(host.DataDirectory, Work.Name, "copy");

    /// <summary>Makes SRC on hosts, or on the controller.</summary>
    public async Task MakeSourceAsync(params FleetHost?[] hosts)
    {
        foreach (var host in hosts) await MakeAsync(SourceOn(host));
    }

    public static async Task MakeAsync(string top)
    {
        Directory.CreateDirectory(top);
        await Tree.MakeAsync(top);
    }

    public Task<ProgramResult> RunAsync(IEnumerable<FleetHost> targets, params string[] more) => Work.PushAsync(Arguments(targets, more));

    /// <summary>Starts a run over slow links, in one chain, as a source's link is then as fast as all others.</summary>
    public async Task<RunningProgram> StartAsync(IEnumerable<FleetHost> targets, params string[] more)
    {
        await Task.WhenAll(fleet.Hosts.Select(h => h.Network.ShapeAsync(Rate)));
        foreach (var host in fleet.Hosts) _before[host] = host.Network.BytesReceived;
        return Work.Start(new ProgramOptions { Timeout = Limit }, Arguments(targets, more));
    }

    /// <summary>Makes links fast: all, but for one that a test needs as it is.</summary>
    public Task HurryAsync(FleetHost? except = null) =>
        Task.WhenAll(fleet.Hosts.Where(h => h != except).Select(h => h.Network.ShapeAsync(FastRate)));

    /// <summary>Waits until content flows to all these hosts.</summary>
    public Task WaitUntilUnderWayAsync(IEnumerable<FleetHost> hosts, RunningProgram run) => Wait.UntilAsync(
        () => hosts.All(h => h.Network.BytesReceived - _before[h] > UnderWay), Patience.Usual, () => $"not all receive: {run.Output.Text}{run.Error.Text}");

    /// <summary>Waits for something to be told in the journal.</summary>
    public Task WaitForAsync<T>(Func<T, bool> which, RunningProgram run) where T : RunEvent => Wait.UntilAsync(
        () => Events.OfType<T>().Any(which), Patience.WithHeartbeats, () => $"no such {typeof(T).Name}: {run.Output.Text}{run.Error.Text}");

    /// <summary>The hosts as they stand in the chain now, from its head to its end.</summary>
    public IReadOnlyList<FleetHost> Chain()
    {
        var parents = new Dictionary<HostName, HostName>();
        foreach (var link in Events.OfType<HostLinked>()) parents[link.Child] = link.Parent;
        var chain = new List<FleetHost>();
        var head = parents.Values.First(p => !parents.ContainsKey(p));
        for (var next = head; parents.FirstOrDefault(p => p.Value == next).Key is { Value.Length: > 0 } child; next = child) chain.Add(HostOf(child));
        return chain;
    }

    public FleetHost HostOf(HostName name) => fleet.Hosts.Single(h => NameOf(h) == name);

    public static HostName NameOf(FleetHost host) => HostName.Of(host.Address, host.Port);

    /// <summary>Why a target was given up.</summary>
    public Failure FailureOf(FleetHost host) => Events.OfType<TargetFailed>().Last(f => f.Target == NameOf(host)).Failure;

    public Receipt ReceiptOf(FleetHost host) => Events.OfType<TargetServed>().Last(d => d.Target == NameOf(host)).Receipt!;

    /// <summary>Waits until no relay runs on hosts, and neither relay nor ssh here.</summary>
    public async Task WaitUntilNothingRunsAsync()
    {
        foreach (var host in fleet.Hosts) await host.WaitUntilGoneAsync(Relay, Patience.WithHeartbeats);
        await fleet.Controller.WaitUntilGoneAsync(Relay, Patience.WithHeartbeats);
        await fleet.Controller.WaitUntilGoneAsync("ControlPath=", Patience.WithHeartbeats);
    }

    private string[] Arguments(IEnumerable<FleetHost> targets, string[] more) =>
        ["sync", Source, Destination, "--topology", "chain", "-w", string.Join(',', targets.Select(t => t.Address)), .. more];
}
