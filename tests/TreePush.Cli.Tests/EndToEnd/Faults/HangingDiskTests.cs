using TreePush.Core.Runs;
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
        var sync = new FaultySync(fleet.Fleet) { Limit = TimeSpan.FromMinutes(3) };
        await sync.MakeSourceAsync([null]);
        var frozen = _hosts[2];
        string copy = sync.Destination;
        await frozen.AdministerAsync($"mkdir -p {copy}; truncate -s 64M {copy}.image; mkfs.ext4 -q {copy}.image; mount -o loop {copy}.image {copy}; rmdir {copy}/lost+found");
        await using var run = await sync.StartAsync(_hosts);
        try
        {
            await sync.WaitUntilUnderWayAsync(_hosts, run);
            await frozen.AdministerAsync($"fsfreeze --freeze {copy}");
            await sync.HurryAsync();
            var result = (await run.WaitForExitAsync()).ShouldExit(3);
            sync.ShouldNameAsFailed(result, frozen, "disk of .* has not responded");
        }
        finally
        {
            await frozen.AdministerAsync($"fsfreeze --unfreeze {copy} || true");
            await frozen.WaitUntilGoneAsync(FaultySync.Relay, Patience.WithHeartbeats);
            await frozen.AdministerAsync($"umount {copy}");
        }

        sync.FailureOf(frozen).Kind.Should().Be(FailureKind.DiskStalled);
        sync.Events.OfType<TargetServed>().Should().HaveCount(_hosts.Count - 1);
        sync.Events.Last(e => e is TargetServed or TargetFailed).Should().BeOfType<TargetFailed>("nobody waits for the one that hangs");
        await sync.ShouldBeWholeOnAsync(_hosts.Except([frozen]));
    }
}
