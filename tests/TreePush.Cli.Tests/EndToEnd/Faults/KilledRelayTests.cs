using TreePush.Core.Broadcasting;
using TreePush.Core.Pushing;
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
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync([null]);
        await using var run = await broadcast.StartAsync(_hosts);
        await broadcast.WaitUntilUnderWayAsync(_hosts, run);
        var chain = broadcast.Chain();
        foreach (int position in new[] { 5, 2, 0 })
        {
            await chain[position].KillProcessAsync(Broadcast.Relay);
            await broadcast.WaitForAsync<TargetFailed>(f => f.Target == Broadcast.NameOf(chain[position]), run);
            if (position < 5) await WaitForNewParentAsync(broadcast, chain[position + 1], chain[position], run);
        }

        await broadcast.HurryAsync();
        await ShouldServeTheOthersAsync(broadcast, (await run.WaitForExitAsync()).ShouldExit(3), [chain[5], chain[2], chain[0]]);
    }

    [PrivateFleetFact]
    public async Task Three_relays_killed_at_once_are_cut_out()
    {
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync([null]);
        await using var run = await broadcast.StartAsync(_hosts, "--json");
        await broadcast.WaitUntilUnderWayAsync(_hosts, run);
        var chain = broadcast.Chain();
        FleetHost[] killed = [chain[0], chain[1], chain[3]];
        foreach (var host in killed) host.SignalProcesses(Broadcast.Relay, Signal.Kill);
        await broadcast.HurryAsync();
        var result = (await run.WaitForExitAsync()).ShouldExit(3);
        await ShouldServeTheOthersAsync(broadcast, result, killed);
        foreach (var host in killed) result.Output.Should().MatchRegex($"\"target_failed\".*\"{host.Address}\".*was killed");
    }

    private async Task ShouldServeTheOthersAsync(Broadcast broadcast, ProgramResult result, IReadOnlyList<FleetHost> killed)
    {
        await broadcast.ShouldBeWholeOnAsync(_hosts.Except(killed));
        await broadcast.ShouldHaveNothingHalfWrittenAsync(killed);
        foreach (var host in killed) broadcast.ShouldNameAsFailed(result, host, "was killed");
        // What the others had before their parent was killed is not sent again.
        foreach (var host in _hosts.Except(killed)) broadcast.ReceiptOf(host).Received.Should().Be(Broadcast.Size);
    }

    private static Task WaitForNewParentAsync(Broadcast broadcast, FleetHost child, FleetHost old, RunningProgram run) =>
        Wait.UntilAsync(
            () => broadcast.Events.OfType<HostLinked>().LastOrDefault(l => l.Child == Broadcast.NameOf(child)) is { } link && link.Parent != Broadcast.NameOf(old),
            Patience.Usual, () => $"{child.Address} found no other parent: {run.Error.Text}");
}
