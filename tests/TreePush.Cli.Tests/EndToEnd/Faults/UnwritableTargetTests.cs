using TreePush.Core.Pushing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>Hosts that can't take what comes.</summary>
[Collection(FaultyFleet.Name)]
public sealed class UnwritableTargetTests(FaultyFleet fleet)
{
    private readonly IReadOnlyList<FleetHost> _hosts = fleet.Fleet.Hosts;

    [PrivateFleetFact]
    public async Task A_full_disk_and_a_read_only_one_are_told_and_the_others_served()
    {
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync([null]);
        var (full, readOnly) = (_hosts[FaultyFleet.Small], _hosts[1]);
        ProgramResult result;
        await full.FillDiskAsync(bytesLeft: 3 << 20);
        await readOnly.MakeDataReadOnlyAsync();
        try
        {
            result = (await broadcast.RunAsync(_hosts)).ShouldExit(3);
        }
        finally
        {
            full.FreeDisk();
            await readOnly.StopAsync();
            await readOnly.StartAsync();
        }

        broadcast.ShouldNameAsFailed(result, full, "disk full|[Nn]o space left");
        broadcast.ShouldNameAsFailed(result, readOnly, "[Rr]ead-only");
        broadcast.FailureOf(full).Kind.Should().Be(FailureKind.TargetDiskFull);
        broadcast.FailureOf(readOnly).Kind.Should().Be(FailureKind.TargetNotWritable);
        await broadcast.ShouldBeWholeOnAsync(_hosts.Except([full, readOnly]));
        await broadcast.ShouldHaveNothingHalfWrittenAsync([full, readOnly]);
        Directory.GetFiles(broadcast.CopyOn(full), "*.treepush-part", SearchOption.AllDirectories).Should().BeEmpty("the room is needed");
        (await broadcast.Work.PushAsync("--resume", "last")).ShouldSucceed();
        await broadcast.ShouldBeWholeOnAsync(_hosts);
    }
}
