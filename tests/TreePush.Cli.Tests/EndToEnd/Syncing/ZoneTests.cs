using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>Two zones that can't reach each other, while the controller reaches both.</summary>
public sealed class ZoneTests(ZoneTests.TwoZones hosts) : IClassFixture<ZoneTests.TwoZones>
{
    private static readonly TreeLiteral Tree = new TreeLiteral().RandomFile("a", 1 << 20, seed: 1).File("d/c", "text");

    private Fleet Fleet => hosts.Fleet;

    [PrivateFleetFact]
    public Task Firewall_that_refuses_keeps_nobody_from_being_served() => ServeAcrossAsync(Refusal.Reject);

    [PrivateFleetFact]
    public Task Firewall_that_drops_keeps_nobody_from_being_served() => ServeAcrossAsync(Refusal.Drop);

    [PrivateFleetFact]
    public async Task Zone_that_only_the_controller_reaches_receives_through_it_once()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(Tree);
        await shipment.MakeSourceOnAsync(Fleet.Hosts[0], Tree);
        await Fleet.ForbidBetweenAsync(0, 1, Refusal.Reject);
        try
        {
            (await shipment.SyncAsync(Fleet.Hosts.Skip(1), "-s", Fleet.Hosts[0].Endpoint)).ShouldSucceed();
        }
        finally
        {
            await Fleet.PermitAllAsync();
        }

        await shipment.ShouldBeOnAsync(Fleet.Hosts.Skip(1));
        shipment.Work.Events.OfType<HostLinked>().Should().Contain(e => e.Route == Route.ThroughController);
        shipment.Receipts.Should().HaveCount(3).And.OnlyContain(r => r.Received == r.Bytes);
        await shipment.ShouldHaveLeftNothingAsync();
    }

    private async Task ServeAcrossAsync(Refusal refusal)
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(Tree);
        await Fleet.ForbidBetweenAsync(0, 1, refusal);
        try
        {
            (await shipment.SyncAsync("--topology", "chain")).ShouldSucceed();
        }
        finally
        {
            await Fleet.PermitAllAsync();
        }

        await shipment.ShouldBeEverywhereAsync();
        await shipment.ShouldHaveLeftNothingAsync();
    }

    public sealed class TwoZones() : SharedFleet(new FleetOptions { Network = NetworkKind.Private, Zones = 2, HostsTrustEachOther = false });
}
