using TreePush.Core.Broadcasting;
using TreePush.Core.Pushing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>A host whose file system is frozen: whoever writes to it waits, can't be killed, and can't tell.</summary>
[Collection(FaultyFleet.Name)]
public sealed class HangingDiskTests(FaultyFleet fleet)
{
    private readonly IReadOnlyList<FleetHost> _hosts = fleet.Fleet.Hosts;

    [LoopDeviceFact]
    public async Task A_host_whose_file_system_is_frozen_is_given_up_and_the_others_served()
    {
        var broadcast = new Broadcast(fleet.Fleet) { Limit = TimeSpan.FromMinutes(3) };
        await broadcast.MakeSourceAsync([null]);
        var frozen = _hosts[2];
        string copy = broadcast.Destination;
        await frozen.AdministerAsync($"mkdir -p {copy}; truncate -s 64M {copy}.image; mkfs.ext4 -q {copy}.image; mount -o loop {copy}.image {copy}; rmdir {copy}/lost+found");
        await using var run = await broadcast.StartAsync(_hosts);
        try
        {
            await broadcast.WaitUntilUnderWayAsync(_hosts, run);
            await frozen.AdministerAsync($"fsfreeze --freeze {copy}");
            await broadcast.HurryAsync();
            var result = (await run.WaitForExitAsync()).ShouldExit(3);
            broadcast.ShouldNameAsFailed(result, frozen, "disk of .* has not responded");
        }
        finally
        {
            await frozen.AdministerAsync($"fsfreeze --unfreeze {copy} || true");
            await frozen.WaitUntilGoneAsync(Broadcast.Relay, Patience.WithHeartbeats);
            await frozen.AdministerAsync($"umount {copy}");
        }

        broadcast.FailureOf(frozen).Kind.Should().Be(FailureKind.DiskStalled);
        broadcast.Events.OfType<TargetDelivered>().Should().HaveCount(_hosts.Count - 1);
        broadcast.Events.Last(e => e is TargetDelivered or TargetFailed).Should().BeOfType<TargetFailed>("nobody waits for the one that hangs");
        await broadcast.ShouldBeWholeOnAsync(_hosts.Except([frozen]));
    }
}
