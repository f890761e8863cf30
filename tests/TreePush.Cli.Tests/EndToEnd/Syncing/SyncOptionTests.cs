using System.Text.Json;
using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>How things are brought and told of: the result is the same.</summary>
[Collection(FourHosts.Name)]
public sealed class SyncOptionTests(FourHosts hosts)
{
    private Fleet Fleet => hosts.Fleet;

    [PrivateFleetFact]
    public async Task Hosts_stand_in_the_topology_that_is_asked_for()
    {
        foreach (string topology in new[] { "chain", "chain:2", "tree:2" })
        {
            var shipment = await SomeAsync();
            (await shipment.SyncAsync("--topology", topology)).ShouldSucceed();
            await shipment.ShouldBeEverywhereAsync();
            shipment.Work.Events.OfType<TopologyChosen>().Last().Topology.Width.Should().Be(topology == "chain" ? 1 : 2);
            int roots = shipment.Work.Events.OfType<HostLinked>().Count(e => e.Parent.Value == "127.0.0.1");
            roots.Should().BeInRange(1, topology == "chain" ? 1 : 2, "{0}", topology);
        }
    }

    [PrivateFleetFact]
    public async Task Plain_channel_brings_the_same()
    {
        var shipment = await SomeAsync();
        (await shipment.SyncAsync("--data-channel", "plain", "--topology", "chain")).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
    }

    [PrivateFleetFact]
    public async Task Relays_listen_in_the_range_of_ports_that_is_given()
    {
        var shipment = await SomeAsync();
        var result = (await shipment.SyncAsync("--port-range", "40100-40103", "--topology", "chain", "-d")).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
        result.Error.Should().NotContain("   at ");
    }

    [PrivateFleetFact]
    public async Task Events_are_lines_of_JSON_on_standard_output_and_nothing_else_is()
    {
        var shipment = await SomeAsync();
        var result = (await shipment.SyncAsync("--json")).ShouldSucceed();
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Should().NotBeEmpty().And.OnlyContain(e => e.GetProperty("event").GetString()!.Length > 0);
        var names = lines.Select(e => e.GetProperty("event").GetString()).ToList();
        names.Should().Contain(["run_started", "host_ready", "host_scanned", "source_scanned"]);
        names.Count(n => n == "target_served").Should().Be(4);
        names[^1].Should().Be("run_finished");
        result.Error.Should().NotContain("{");
    }

    [PrivateFleetFact]
    public async Task Report_is_one_page_that_needs_nothing_else()
    {
        var shipment = await SomeAsync();
        (await shipment.SyncAsync("--report", "report.html")).ShouldSucceed();
        string page = await File.ReadAllTextAsync(shipment.Work["report.html"]);
        page.Should().Contain("</html>").And.NotMatchRegex("""(src|href)\s*=\s*["']?(https?:)?//""");
        foreach (var host in Fleet.Hosts) page.Should().Contain(host.Address);
    }

    [PrivateFleetFact]
    public async Task Success_is_what_min_success_says()
    {
        var shipment = await SomeAsync();
        await File.WriteAllTextAsync(shipment.DestinationOn(Fleet.Hosts[0]), "in the way");
        (await shipment.SyncAsync("--min-success", "4")).ShouldExit(3);
        (await shipment.SyncAsync("--min-success", "75%")).ShouldSucceed();
    }

    [PrivateFleetFact]
    public async Task Failed_list_is_good_for_another_run()
    {
        var shipment = await SomeAsync();
        await File.WriteAllTextAsync(shipment.DestinationOn(Fleet.Hosts[0]), "in the way");
        (await shipment.SyncAsync()).ShouldExit(3);
        string failed = shipment.Work.LastRun["failed.txt"];
        (await shipment.Work.PushAsync("sync", shipment.Source, shipment.Destination, "-l", failed, "--force")).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
    }

    [PrivateFleetFact]
    public async Task Resumed_run_serves_the_targets_that_are_left()
    {
        var shipment = await SomeAsync();
        await File.WriteAllTextAsync(shipment.DestinationOn(Fleet.Hosts[0]), "in the way");
        (await shipment.SyncAsync()).ShouldExit(3);
        (await shipment.Work.PushAsync("sync", "--resume", "last", "--force")).ShouldSucceed().Error.Should().Contain("4 of 4 served");
        await shipment.ShouldBeEverywhereAsync();
    }

    [PrivateFleetFact]
    public async Task Run_that_was_killed_half_way_is_resumed_with_what_is_missing()
    {
        const long Size = 8 << 20;
        var shipment = new Shipment(Fleet);
        var tree = new TreeLiteral();
        for (int i = 0; i < 16; i++) tree.RandomFile($"{i:00}", Size / 16, seed: i);
        await shipment.MakeSourceAsync(tree);
        await using (var sync = await shipment.StartAsync(Fleet.Hosts, "--bwlimit", "16Mbit", "--topology", "chain"))
        {
            await Wait.UntilAsync(() => Fleet.Hosts.All(h => File.Exists(shipment.DestinationOn(h, "03"))), Patience.Usual, () => sync.Error.Text);
            sync.Kill();
        }

        await Wait.UntilAsync(() => Fleet.Hosts.All(h => h.ProcessesOf(Shipment.RelayProgram).Count == 0), Patience.WithHeartbeats, () => "relays still run");
        Fleet.Hosts.Should().NotBeEmpty().And.OnlyContain(h => !File.Exists(shipment.DestinationOn(h, "15")));
        var before = Traffic.Of(Fleet);
        (await shipment.Work.PushAsync("sync", "--resume", "last", "--bwlimit", "0")).ShouldSucceed();
        Traffic.Of(Fleet).Since(before).Received.Should().NotBeEmpty().And.OnlyContain(bytes => bytes < Size * 7 / 8);
        await shipment.ShouldBeEverywhereAsync();
    }

    private async Task<Shipment> SomeAsync([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var shipment = new Shipment(Fleet, test);
        await shipment.MakeSourceAsync(new TreeLiteral().RandomFile("file", 1 << 20, seed: 1).File("d/text", "text").Link("l", "file"));
        return shipment;
    }
}
