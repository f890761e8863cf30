using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>A source that is lost is replaced by another one, or by a target that has everything where the user lets it.</summary>
[Collection(FaultyFleet.Name)]
public sealed class LostSourceTests(FaultyFleet fleet)
{
    private readonly IReadOnlyList<FleetHost> _targets = [.. fleet.Fleet.Hosts.Skip(2)];

    private FleetHost Source => fleet.Fleet.Hosts[0];

    private FleetHost Other => fleet.Fleet.Hosts[1];

    [PrivateFleetFact]
    public async Task Another_source_takes_its_place()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync(Source, Other);
        await using var run = await sync.StartAsync(_targets, "-s", $"{Source.Endpoint},{Other.Endpoint}");
        await sync.WaitForAsync<HostReady>(r => r.Host == FaultySync.NameOf(Other), run);
        await LoseSourceAsync(sync, run);
        (await run.WaitForExitAsync()).ShouldSucceed().Error.Should().Contain($"the source {Source.Address} is lost; {Other.Address}");
        await sync.ShouldBeWholeOnAsync(_targets, Other);
        sync.Events.OfType<SourceReplaced>().Should().ContainSingle().Which.Successor.Should().Be(FaultySync.NameOf(Other));
    }

    [PrivateFleetFact]
    public async Task A_target_that_has_everything_takes_its_place()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync(Source);
        await FaultySync.MakeAsync(sync.CopyOn(Other));
        await using var run = await sync.StartAsync(_targets.Append(Other), "-s", Source.Endpoint, "--failover", "any");
        await LoseSourceAsync(sync, run);
        (await run.WaitForExitAsync()).ShouldSucceed();
        await sync.ShouldBeWholeOnAsync(_targets.Append(Other), Source);
        sync.Events.OfType<SourceReplaced>().Should().ContainSingle().Which.Successor
            .Should().BeOneOf(_targets.Append(Other).Select(FaultySync.NameOf), "a target that received everything before the source was lost will do as well");
        sync.ReceiptOf(Other).Received.Should().Be(0);
    }

    [PrivateFleetFact]
    public async Task Without_anybody_who_has_everything_the_run_fails_and_can_be_resumed()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync(Source);
        await using var run = await sync.StartAsync(_targets, "-s", Source.Endpoint);
        await LoseSourceAsync(sync, run);
        var result = (await run.WaitForExitAsync()).ShouldExit(3);
        foreach (var host in _targets) sync.ShouldNameAsFailed(result, host, $"the source {Source.Address} was lost");
        _targets.Select(t => sync.FailureOf(t).Kind).Should().NotBeEmpty().And.OnlyContain(k => k == FailureKind.SourcesLost);
        await sync.WaitUntilNothingRunsAsync();
        var kept = await sync.ShouldHaveNothingHalfWrittenAsync(_targets, Source);
        (await sync.Work.PushAsync("--resume", "last")).ShouldSucceed();
        await sync.ShouldBeWholeOnAsync(_targets, Source);
        foreach (var host in _targets) sync.ReceiptOf(host).Received.Should().BeLessThanOrEqualTo(FaultySync.Size - kept[host] + 300_000);
    }

    private async Task LoseSourceAsync(FaultySync sync, RunningProgram run)
    {
        await sync.WaitUntilUnderWayAsync(_targets, run);
        await Source.KillProcessAsync(FaultySync.Relay);
        await sync.HurryAsync();
    }
}
