using System.Text.Json;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>-n asks every host, and changes nothing.</summary>
[Collection(FourHosts.Name)]
public sealed class DryRunSyncTests(FourHosts hosts)
{
    private Fleet Fleet => hosts.Fleet;

    [PrivateFleetFact]
    public async Task What_each_host_would_receive_and_lose_is_told_and_nothing_is_changed()
    {
        var shipment = await MixedAsync();
        var before = await TreeListing.ReadAsync(shipment.DestinationOn(Fleet.Hosts[0]));
        var result = (await shipment.SyncAsync("-n", "--delete")).ShouldSucceed();
        result.Output.Should().Contain("1 host: receive 1 file, 100 B; delete 2 entries").And.Contain("2 hosts: receive 2 files").And.Contain("1 host: nothing to do");
        result.Error.Should().Contain("nothing was changed");
        (await TreeListing.ReadAsync(shipment.DestinationOn(Fleet.Hosts[0]))).Lines().Should().Equal(before.Lines());
        Fleet.Hosts.Skip(2).Should().NotBeEmpty().And.OnlyContain(h => !Path.Exists(shipment.DestinationOn(h)));
        await shipment.ShouldHaveLeftNothingAsync();
    }

    [PrivateFleetFact]
    public async Task Needs_are_lines_of_JSON_too()
    {
        var shipment = await MixedAsync();
        var result = (await shipment.SyncAsync("-n", "--delete", "--json")).ShouldSucceed();
        foreach (string line in Lines(result.Output)) JsonDocument.Parse(line).RootElement.ValueKind.Should().Be(JsonValueKind.Object);
        var needs = shipment.Work.Events.OfType<HostScanned>().ToDictionary(e => e.Host.Value, e => e.Need);
        needs[Fleet.Hosts[0].Address].Should().Be(new Need(1, 100, 1, 2));
        needs[Fleet.Hosts[1].Address].Should().Be(new Need(0, 0, 0, 0));
        needs[Fleet.Hosts[2].Address].Files.Should().Be(2);
    }

    [PrivateFleetFact]
    public async Task What_force_would_be_needed_for_is_told()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("thing"));
        await shipment.MakeDestinationOnAsync(Fleet.Hosts[0], new TreeLiteral().Directory("thing"));
        (await shipment.SyncAsync("-n")).ShouldFail(3, "thing", "--force");
    }

    [PrivateFleetFact]
    public async Task Source_that_cannot_be_listed_foretells_no_deletion_and_fails_as_the_run_would()
    {
        var shipment = await MixedAsync();
        string deepest = Directory.CreateDirectory(Path.Combine([shipment.Source, .. Levels(10)])).FullName, other = $"{shipment.Source}-other";
        Directory.CreateDirectory(Path.Combine([other, .. Levels(10)]));
        Directory.Move(other, Path.Combine(deepest, "other"));
        var result = (await shipment.SyncAsync("-n", "--delete")).ShouldFail(3, "can't take in", "could not read all of its files", "1 entry of SRC could not be read");
        result.Output.Should().NotContain("lose");
        (await shipment.SyncAsync("--delete")).ShouldFail(3, "nothing was deleted", "1 entry of SRC could not be read");
        File.Exists(shipment.DestinationOn(Fleet.Hosts[0], "more/than that")).Should().BeTrue();
        foreach (var host in Fleet.Hosts) File.Exists(shipment.DestinationOn(host, "a")).Should().BeTrue("what could be read is brought");
        shipment.Work.Events.OfType<SourceScanned>().Should().ContainSingle().Which.Unread.Should().Be(1);
        shipment.Failures.Should().HaveCount(4).And.OnlyContain(f => f.Failure.Kind == FailureKind.SourceIncomplete);
        Directory.Move(Path.Combine(deepest, "other"), other);
    }

    /// <summary>Names of directories of which twenty, one in the other, are a longer path than any call takes.</summary>
    private static IEnumerable<string> Levels(int count) => Enumerable.Repeat(new string('x', 250), count);

    /// <summary>One host lacks some and has more, one has everything, two have nothing.</summary>
    private async Task<Shipment> MixedAsync([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var shipment = new Shipment(Fleet, test);
        var source = new TreeLiteral().RandomFile("a", 100, seed: 1).RandomFile("b", 200, seed: 2);
        await shipment.MakeSourceAsync(source);
        await shipment.MakeDestinationOnAsync(Fleet.Hosts[0], new TreeLiteral().RandomFile("b", 200, seed: 2).File("more/than that"));
        await shipment.MakeDestinationOnAsync(Fleet.Hosts[1], source);
        return shipment;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
