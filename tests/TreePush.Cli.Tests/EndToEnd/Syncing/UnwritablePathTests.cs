using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>Paths of one host that can't be written or deleted: the rest of it is brought, the host fails, and the others have everything.</summary>
[Collection(FourHosts.Name)]
public sealed class UnwritablePathTests(FourHosts hosts)
{
    private static readonly TreeLiteral Source = new TreeLiteral().RandomFile("a", 1 << 20, seed: 1).RandomFile("d/e", 1 << 20, seed: 2).File("d/f", "newer").File("z", "new");

    private Fleet Fleet => hosts.Fleet;

    private FleetHost Host => Fleet.Hosts[0];

    [PrivateFleetFact]
    public async Task File_that_can_not_be_replaced_fails_its_host_with_the_rest_in_place_and_nothing_deleted()
    {
        var shipment = await ShipmentAsync();
        await Host.AdministerAsync($"mount --bind {shipment.Destination}/d/f {shipment.Destination}/d/f");
        try
        {
            (await shipment.SyncAsync("--delete", "--topology", "chain")).ShouldFail(3, "d/f", "busy", "nothing was deleted", "hint: ");
        }
        finally
        {
            await Host.AdministerAsync($"umount {shipment.Destination}/d/f");
        }

        await ShouldBeInPlaceButAsync(shipment, "d/f", "old");
    }

    [PrivateFleetFact]
    public async Task Directory_that_lets_nothing_in_fails_its_host_and_those_behind_it_receive_elsewhere()
    {
        var shipment = await ShipmentAsync();
        await Host.AdministerAsync($"cd {shipment.Destination}; mount --bind d d; mount -o remount,bind,ro d");
        try
        {
            (await shipment.SyncAsync("--delete", "--topology", "chain")).ShouldFail(3, "2 paths failed", "d/f: can't make a file: Read-only", "nothing was deleted");
        }
        finally
        {
            await Host.AdministerAsync($"umount {shipment.Destination}/d");
        }

        shipment.Work.Events.OfType<HostExcluded>().Should().Contain(e => e.Host.Value == Host.Address);
        await ShouldBeInPlaceButAsync(shipment, "d/f", "old");
    }

    [PrivateFleetFact]
    public async Task Path_that_can_not_be_deleted_fails_its_host()
    {
        var shipment = await ShipmentAsync();
        await Host.AdministerAsync($"mount --bind {shipment.Destination}/old {shipment.Destination}/old");
        try
        {
            (await shipment.SyncAsync("--delete")).ShouldFail(3, "old: can't delete", "hint: ");
        }
        finally
        {
            await Host.AdministerAsync($"umount {shipment.Destination}/old");
        }

        shipment.Failures.Should().ContainSingle().Which.Failure.Kind.Should().Be(FailureKind.TargetIncomplete);
        File.Exists(shipment.DestinationOn(Host, "other")).Should().BeFalse("the rest was deleted");
        await shipment.ShouldBeOnAsync(Fleet.Hosts.Skip(1));
        (await shipment.SyncAsync("--delete")).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
    }

    private async Task<Shipment> ShipmentAsync([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var shipment = new Shipment(Fleet, test);
        await shipment.MakeSourceAsync(Source);
        await shipment.MakeDestinationOnAsync(Host, new TreeLiteral().File("d/f", "old").File("old", "x").File("other", "x"));
        return shipment;
    }

    private async Task ShouldBeInPlaceButAsync(Shipment shipment, string path, string content)
    {
        shipment.Failures.Should().ContainSingle().Which.Should()
            .Match<TargetFailed>(f => f.Target.Value == Host.Address && f.Failure.Kind == FailureKind.TargetIncomplete);
        File.ReadAllText(shipment.DestinationOn(Host, path)).Should().Be(content);
        File.ReadAllText(shipment.DestinationOn(Host, "z")).Should().Be("new", "the rest is brought");
        File.Exists(shipment.DestinationOn(Host, "old")).Should().BeTrue("nothing is deleted");
        await shipment.ShouldBeOnAsync(Fleet.Hosts.Skip(1));
        (await shipment.SyncAsync("--delete")).ShouldSucceed();
        await shipment.ShouldBeEverywhereAsync();
        await shipment.ShouldHaveLeftNothingAsync();
    }
}
