using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>One host under two names, which the controller can't tell by the names.</summary>
[Collection(FourHosts.Name)]
public sealed class TwinTests(FourHosts hosts)
{
    private Fleet Fleet => hosts.Fleet;

    private FleetHost Host => Fleet.Hosts[0];

    [PrivateFleetFact]
    public async Task Host_under_two_names_is_served_once_and_counts_twice()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().RandomFile("file", 4 << 20, seed: 1).File("d/small", "x"));
        string twin = await AliasAsync(shipment);
        var result = await shipment.Work.PushAsync("sync", shipment.Source, shipment.Destination, "-w", $"{Host.Endpoint},{twin},{Fleet.Hosts[1].Endpoint}", "--delete");
        result.ShouldSucceed();
        result.Error.Should().Contain("it is the same host and path as ");
        await shipment.ShouldBeOnAsync(Fleet.Hosts.Take(2));
        shipment.Receipts.Should().HaveCount(3);
        shipment.Receipts.Count(r => r.Written == 0 && r.Received == 0).Should().Be(1);
        shipment.Receipts.Select(r => r.Digest).Distinct().Should().ContainSingle();
        await shipment.ShouldHaveLeftNothingAsync();
    }

    [PrivateFleetFact]
    public async Task Twins_with_paths_of_their_own_are_both_served()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("file", "content"));
        string twin = await AliasAsync(shipment);
        (await shipment.Work.PushAsync("sync", shipment.Source, $"{shipment.Destination}/$TPUSH_HOST", "-w", $"{Host.Endpoint},{twin}")).ShouldSucceed();
        foreach (string name in (string[])[Host.Address, twin]) File.Exists(shipment.DestinationOn(Host, $"{name}/file")).Should().BeTrue();
    }

    [PrivateFleetFact]
    public async Task Source_under_another_name_is_not_written_to()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceOnAsync(Host, new TreeLiteral().File("file", "content").File("a.key", "k").Link("l", "file"));
        var before = (await TreeListing.ReadAsync(shipment.On(Host, shipment.Source))).Lines();
        string twin = await AliasAsync(shipment);
        var result = await shipment.Work.PushAsync(
            "sync", shipment.Source, shipment.Source + "/", "-s", Host.Endpoint, "-w", $"{twin},{Fleet.Hosts[1].Endpoint}", "--delete", "--exclude", "*.key");
        result.ShouldSucceed();
        result.Error.Should().Contain($"{twin} is skipped: it is also a source");
        shipment.Work.Events.OfType<TargetSkipped>().Should().ContainSingle();
        (await TreeListing.ReadAsync(shipment.On(Host, shipment.Source))).Lines().Should().Equal(before);
        File.Exists(Path.Combine(shipment.On(Fleet.Hosts[1], shipment.Source), "file")).Should().BeTrue();
    }

    private async Task<string> AliasAsync(Shipment shipment)
    {
        string twin = $"alias{shipment.Work.Name[^4..]}".ToLowerInvariant().Replace('.', 'x');
        await File.AppendAllTextAsync(Fleet.SshConfigPath, $"Host {twin}\n  HostName {Host.Address}\n");
        return twin;
    }
}
