using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>Relays that end without a word: the hosts behind them go on with others.</summary>
[Collection(FaultyFleet.Name)]
public sealed class KilledRelayTests(FaultyFleet fleet)
{
    private readonly IReadOnlyList<FleetHost> _hosts = fleet.Fleet.Hosts;

    [PrivateFleetFact]
    public async Task A_relay_killed_at_the_head_in_the_middle_or_at_the_end_is_cut_out()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        await using var run = await sync.StartAsync(_hosts);
        await sync.WaitUntilUnderWayAsync(_hosts, run);
        var chain = sync.Chain();
        foreach (int position in new[] { 5, 2, 0 })
        {
            await chain[position].KillProcessAsync(FaultySync.Relay);
            await sync.WaitForAsync<TargetFailed>(f => f.Target == FaultySync.NameOf(chain[position]), run);
            if (position < 5) await WaitForNewParentAsync(sync, chain[position + 1], chain[position], run);
        }

        await sync.HurryAsync();
        await ShouldServeTheOthersAsync(sync, (await run.WaitForExitAsync()).ShouldExit(3), [chain[5], chain[2], chain[0]]);
    }

    [PrivateFleetFact]
    public async Task Three_relays_killed_at_once_are_cut_out()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        await using var run = await sync.StartAsync(_hosts, "--json");
        await sync.WaitUntilUnderWayAsync(_hosts, run);
        var chain = sync.Chain();
        FleetHost[] killed = [chain[0], chain[1], chain[3]];
        foreach (var host in killed) host.SignalProcesses(FaultySync.Relay, Signal.Kill);
        await sync.HurryAsync();
        var result = (await run.WaitForExitAsync()).ShouldExit(3);
        await ShouldServeTheOthersAsync(sync, result, killed);
        foreach (var host in killed) result.Output.Should().MatchRegex($"\"target_failed\".*\"{host.Address}\".*was killed");
    }

    private async Task ShouldServeTheOthersAsync(FaultySync sync, ProgramResult result, IReadOnlyList<FleetHost> killed)
    {
        await sync.ShouldBeWholeOnAsync(_hosts.Except(killed));
        await sync.ShouldHaveNothingHalfWrittenAsync(killed);
        foreach (var host in killed) sync.ShouldNameAsFailed(result, host, "was killed");
        // What the others had before their parent was killed is not sent again.
        foreach (var host in _hosts.Except(killed)) sync.ReceiptOf(host).Received.Should().Be(FaultySync.Size);
    }

    private static Task WaitForNewParentAsync(FaultySync sync, FleetHost child, FleetHost old, RunningProgram run) =>
        Wait.UntilAsync(
            () => sync.Events.OfType<HostLinked>().LastOrDefault(l => l.Child == FaultySync.NameOf(child)) is { } link && link.Parent != FaultySync.NameOf(old),
            Patience.Usual, () => $"{child.Address} found no other parent: {run.Error.Text}");
}
