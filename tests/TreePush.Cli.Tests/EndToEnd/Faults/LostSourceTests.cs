using TreePush.Core.Broadcasting;
using TreePush.Core.Pushing;
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
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync(Source, Other);
        await using var run = await broadcast.StartAsync(_targets, "-s", $"{Source.Endpoint},{Other.Endpoint}");
        await broadcast.WaitForAsync<HostReady>(r => r.Host == Broadcast.NameOf(Other), run);
        await LoseSourceAsync(broadcast, run);
        (await run.WaitForExitAsync()).ShouldSucceed().Error.Should().Contain($"the source {Source.Address} is gone; {Other.Address}");
        await broadcast.ShouldBeWholeOnAsync(_targets, Other);
        broadcast.Events.OfType<SourceReplaced>().Should().ContainSingle().Which.Successor.Should().Be(Broadcast.NameOf(Other));
    }

    [PrivateFleetFact]
    public async Task A_target_that_has_everything_takes_its_place()
    {
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync(Source);
        await Broadcast.MakeAsync(broadcast.CopyOn(Other));
        await using var run = await broadcast.StartAsync(_targets.Append(Other), "-s", Source.Endpoint, "--failover", "any");
        await LoseSourceAsync(broadcast, run);
        (await run.WaitForExitAsync()).ShouldSucceed();
        await broadcast.ShouldBeWholeOnAsync(_targets.Append(Other), Source);
        broadcast.Events.OfType<SourceReplaced>().Should().ContainSingle().Which.Successor.Should().Be(Broadcast.NameOf(Other));
        broadcast.ReceiptOf(Other).Received.Should().Be(0);
    }

    [PrivateFleetFact]
    public async Task Without_anybody_who_has_everything_the_run_fails_and_can_be_resumed()
    {
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync(Source);
        await using var run = await broadcast.StartAsync(_targets, "-s", Source.Endpoint);
        await LoseSourceAsync(broadcast, run);
        var result = (await run.WaitForExitAsync()).ShouldExit(3);
        foreach (var host in _targets) broadcast.ShouldNameAsFailed(result, host, $"the source {Source.Address} was lost");
        _targets.Select(t => broadcast.FailureOf(t).Kind).Should().NotBeEmpty().And.OnlyContain(k => k == FailureKind.SourcesLost);
        await broadcast.WaitUntilNothingRunsAsync();
        var kept = await broadcast.ShouldHaveNothingHalfWrittenAsync(_targets, Source);
        (await broadcast.Work.PushAsync("--resume", "last")).ShouldSucceed();
        await broadcast.ShouldBeWholeOnAsync(_targets, Source);
        foreach (var host in _targets) broadcast.ReceiptOf(host).Received.Should().BeLessThanOrEqualTo(Broadcast.Size - kept[host] + 300_000);
    }

    private async Task LoseSourceAsync(Broadcast broadcast, RunningProgram run)
    {
        await broadcast.WaitUntilUnderWayAsync(_targets, run);
        await Source.KillProcessAsync(Broadcast.Relay);
        await broadcast.HurryAsync();
    }
}
