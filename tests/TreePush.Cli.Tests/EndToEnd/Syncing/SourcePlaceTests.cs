using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>SRC may be here, on any host, or on several.</summary>
[Collection(FourHosts.Name)]
public sealed class SourcePlaceTests(FourHosts hosts)
{
    private static readonly TreeLiteral Tree = new TreeLiteral().RandomFile("a", 1 << 20, seed: 1).RandomFile("b", 1 << 20, seed: 2).File("d/c", "text");

    private Fleet Fleet => hosts.Fleet;

    [PrivateFleetFact]
    public async Task SRC_on_a_controller_that_no_host_can_connect_to()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(Tree);
        await Fleet.Controller.Network.CloseInboundPortsAsync();
        try
        {
            (await shipment.SyncAsync()).ShouldSucceed();
        }
        finally
        {
            await Fleet.Controller.Network.OpenInboundPortsAsync();
        }

        await shipment.ShouldBeEverywhereAsync();
        await shipment.ShouldHaveLeftNothingAsync();
    }

    [PrivateFleetFact]
    public async Task SRC_on_another_host()
    {
        var shipment = await OnHostsAsync(0);
        var before = Traffic.Of(Fleet);
        (await shipment.SyncAsync(Fleet.Hosts.Skip(1), "-s", Fleet.Hosts[0].Endpoint)).ShouldSucceed();
        await shipment.ShouldBeOnAsync(Fleet.Hosts.Skip(1));
        Traffic.Of(Fleet).Since(before).Received[0].Should().BeLessThan(12 << 20, "at most a relay came to the source");
    }

    [PrivateFleetFact]
    public async Task SRC_relative_to_the_home_of_a_source()
    {
        var shipment = await OnHostsAsync(0);
        await Tree.MakeAsync(Path.Combine(Fleet.Hosts[0].HomeDirectory, shipment.Work.Name));
        (await shipment.RunAsync(shipment.Work.Name, shipment.Destination, [Fleet.Hosts[1]], "-s", Fleet.Hosts[0].Endpoint)).ShouldSucceed();
        await shipment.ShouldBeOnAsync([Fleet.Hosts[1]]);
    }

    [PrivateFleetFact]
    public async Task Two_sources_both_serve()
    {
        var shipment = await OnHostsAsync(0, 1);
        var (second, late) = (Fleet.Hosts[1], Fleet.Hosts[3]);
        await late.FreezeAsync();
        string sources = $"{Fleet.Hosts[0].Endpoint},{second.Endpoint}";
        await using var sync = await shipment.StartAsync([Fleet.Hosts[2], late], "-s", sources, "--topology", "chain", "--bwlimit", "4Mbit", "-t", "30s");
        await Wait.UntilAsync(() => shipment.Work.Events.OfType<HostScanned>().Any(e => e.Host.Value == second.Address), Patience.Usual, () => sync.Error.Text);
        late.Thaw();
        (await sync.WaitForExitAsync()).ShouldSucceed();
        await shipment.ShouldBeOnAsync([Fleet.Hosts[2], late]);
        shipment.Work.Events.OfType<HostLinked>().Single(e => e.Child.Value == late.Address).Parent.Value.Should().Be(second.Address);
    }

    [PrivateFleetFact]
    public async Task Source_that_is_a_target_too_is_served_already()
    {
        var shipment = await OnHostsAsync(0);
        (await shipment.RunAsync(shipment.Source, shipment.Source, Fleet.Hosts, "-s", Fleet.Hosts[0].Endpoint)).ShouldSucceed();
        foreach (var host in Fleet.Hosts) File.Exists(Path.Combine(shipment.On(host, shipment.Source), "d/c")).Should().BeTrue();
    }

    [PrivateFleetFact]
    public async Task Missing_SRC_is_told_with_the_source()
    {
        var shipment = new Shipment(Fleet);
        (await shipment.SyncAsync(Fleet.Hosts.Skip(1), "-s", Fleet.Hosts[0].Endpoint)).ShouldFail(3, Fleet.Hosts[0].Address, "No such file", "hint: ");
        (await shipment.SyncAsync()).ShouldFail(2, "there is no ", "hint: ");
    }

    /// <summary>SRC on these hosts, and on the controller to compare with.</summary>
    private async Task<Shipment> OnHostsAsync(params int[] sources)
    {
        var shipment = new Shipment(Fleet, "SRC");
        await shipment.MakeSourceAsync(Tree);
        foreach (int host in sources) await shipment.MakeSourceOnAsync(Fleet.Hosts[host], Tree);
        return shipment;
    }
}
