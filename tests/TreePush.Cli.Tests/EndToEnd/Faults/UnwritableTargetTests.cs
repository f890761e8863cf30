using TreePush.Core.Runs;
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
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        var (full, readOnly) = (_hosts[FaultyFleet.Small], _hosts[1]);
        ProgramResult result;
        await full.FillDiskAsync(bytesLeft: 3 << 20);
        await readOnly.MakeDataReadOnlyAsync();
        try
        {
            result = (await sync.RunAsync(_hosts)).ShouldExit(3);
        }
        finally
        {
            full.FreeDisk();
            await readOnly.StopAsync();
            await readOnly.StartAsync();
        }

        sync.ShouldNameAsFailed(result, full, "disk full|[Nn]o space left");
        sync.ShouldNameAsFailed(result, readOnly, "[Rr]ead-only");
        sync.FailureOf(full).Kind.Should().Be(FailureKind.TargetDiskFull);
        sync.FailureOf(readOnly).Kind.Should().Be(FailureKind.TargetNotWritable);
        await sync.ShouldBeWholeOnAsync(_hosts.Except([full, readOnly]));
        await sync.ShouldHaveNothingHalfWrittenAsync([full, readOnly]);
        Directory.GetFiles(sync.CopyOn(full), "*.treepush-part", SearchOption.AllDirectories).Should().BeEmpty("the room is needed");
        (await sync.Work.PushAsync("--resume", "last")).ShouldSucceed();
        await sync.ShouldBeWholeOnAsync(_hosts);
    }
}
