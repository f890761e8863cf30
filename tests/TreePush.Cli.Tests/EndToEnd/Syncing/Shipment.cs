using System.Runtime.CompilerServices;
using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>What one test brings: SRC and DEST have the same paths on all machines, and no other test uses them.</summary>
internal sealed class Shipment
{
    public const string RelayProgram = "treepush-relay";

    private readonly Fleet _fleet;
    private readonly string[] _sockets;

    public Shipment(Fleet fleet, [CallerMemberName] string test = "")
    {
        _fleet = fleet;
        Work = new Workplace(fleet, test);
        _sockets = Sockets();
        Source = Path.Combine(fleet.DataPath, $"{Work.Name}-src");
        Destination = Path.Combine(fleet.DataPath, $"{Work.Name}-dest");
    }

    public Workplace Work { get; }

    /// <summary>SRC, as every machine sees its own.</summary>
    public string Source { get; }

    /// <summary>DEST, as every machine sees its own.</summary>
    public string Destination { get; }

    /// <summary>What the targets of the last run have proved to have.</summary>
    public IReadOnlyList<Receipt> Receipts => [.. Work.Events.OfType<TargetServed>().Select(e => e.Receipt!)];

    public IReadOnlyList<TargetFailed> Failures => [.. Work.Events.OfType<TargetFailed>()];

    /// <summary>Where the tests see a path of the fleet's on a host.</summary>
    public string On(FleetHost host, string path) => Path.Combine(host.DataDirectory, Path.GetRelativePath(_fleet.DataPath, path));

    /// <summary>Where the tests see DEST, or what is below it, on a host.</summary>
    public string DestinationOn(FleetHost host, string below = "") => Path.Combine(On(host, Destination), below);

    /// <summary>Makes SRC on the controller.</summary>
    public Task MakeSourceAsync(TreeLiteral tree) => tree.MakeAsync(Source);

    public Task MakeSourceOnAsync(FleetHost host, TreeLiteral tree) => tree.MakeAsync(On(host, Source));

    public Task MakeDestinationOnAsync(FleetHost host, TreeLiteral tree) => tree.MakeAsync(DestinationOn(host));

    /// <summary>Brings SRC on the controller to DEST on all hosts.</summary>
    public Task<ProgramResult> SyncAsync(params string[] options) => SyncAsync(_fleet.Hosts, options);

    public Task<ProgramResult> SyncAsync(IEnumerable<FleetHost> targets, params string[] options) =>
        RunAsync(Source, Destination, targets, options);

    public async Task<ProgramResult> RunAsync(string source, string destination, IEnumerable<FleetHost> targets, params string[] options) =>
        await Work.PushAsync(["sync", source, destination, "-l", await _fleet.WriteHostListAsync(targets), .. options]);

    /// <summary>Starts bringing SRC to DEST.</summary>
    public async Task<RunningProgram> StartAsync(IEnumerable<FleetHost> targets, params string[] options) =>
        Work.Start(["sync", Source, Destination, "-l", await _fleet.WriteHostListAsync(targets), .. options]);

    /// <summary>DEST on a host as lines, and SRC on the controller too: equal is as it should be.</summary>
    public async Task ShouldBeOnAsync(IEnumerable<FleetHost> hosts, TreeAspects aspects = TreeAspects.Usual)
    {
        var expected = (await TreeListing.ReadAsync(Source)).Lines(aspects);
        foreach (var host in hosts)
            (await TreeListing.ReadAsync(DestinationOn(host))).Lines(aspects).Should().Equal(expected, "{0} is to have all of it", host.Address);
    }

    public Task ShouldBeEverywhereAsync() => ShouldBeOnAsync(_fleet.Hosts);

    /// <summary>No relay runs on any machine any more, and the controller keeps no socket.</summary>
    public async Task ShouldHaveLeftNothingAsync()
    {
        await Wait.UntilAsync(
            () => _fleet.Hosts.All(h => h.ProcessesOf(RelayProgram).Count == 0) && _fleet.Controller.Processes(RelayProgram).Count == 0,
            Patience.Usual, () => "a relay still runs");
        Sockets().Should().BeSubsetOf(_sockets, "only a killed controller leaves any");
        foreach (var host in _fleet.Hosts.Where(h => Directory.Exists(DestinationOn(h))))
            Directory.GetFileSystemEntries(DestinationOn(host), "*.treepush-part", SearchOption.AllDirectories).Should().BeEmpty();
    }

    private string[] Sockets() => Directory.GetFileSystemEntries(Work.RuntimeDirectory, "*", SearchOption.AllDirectories);

    /// <summary>A number as options have it.</summary>
    public static string Number(long number) => number.ToString();
}
