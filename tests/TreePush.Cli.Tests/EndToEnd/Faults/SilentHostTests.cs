using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>Hosts of which nothing is heard any more, not even that they are gone.</summary>
[Collection(FaultyFleet.Name)]
public sealed class SilentHostTests(FaultyFleet fleet)
{
    private readonly IReadOnlyList<FleetHost> _hosts = fleet.Fleet.Hosts;

    [PrivateFleetFact]
    public async Task Hosts_whose_links_are_cut_are_given_up_and_the_others_served()
    {
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync([null]);
        await using var run = await broadcast.StartAsync(_hosts);
        await broadcast.WaitUntilUnderWayAsync(_hosts, run);
        var chain = broadcast.Chain();
        FleetHost[] cut = [chain[0], chain[3]];
        try
        {
            await Task.WhenAll(cut.Select(h => h.Network.CutLinkAsync()));
            await broadcast.HurryAsync();
            var result = (await run.WaitForExitAsync()).ShouldExit(3);
            await broadcast.ShouldBeWholeOnAsync(_hosts.Except(cut));
            foreach (var host in cut) broadcast.ShouldNameAsFailed(result, host, "said nothing for");
            foreach (var host in cut) await host.WaitUntilGoneAsync(Broadcast.Relay, Patience.WithHeartbeats);
        }
        finally
        {
            await Task.WhenAll(cut.Select(h => h.Network.MendLinkAsync()));
        }

        await broadcast.ShouldHaveNothingHalfWrittenAsync(cut);
    }

    [PrivateFleetFact]
    public async Task A_frozen_relay_is_given_up_and_the_others_served()
    {
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync([null]);
        await using var run = await broadcast.StartAsync(_hosts);
        await broadcast.WaitUntilUnderWayAsync(_hosts, run);
        var frozen = broadcast.Chain()[2];
        frozen.SignalProcesses(Broadcast.Relay, Signal.Stop);
        await broadcast.HurryAsync();
        try
        {
            var result = (await run.WaitForExitAsync()).ShouldExit(3);
            broadcast.ShouldNameAsFailed(result, frozen, "said nothing for");
        }
        finally
        {
            frozen.Thaw();
        }

        await broadcast.ShouldBeWholeOnAsync(_hosts.Except([frozen]));
        await broadcast.WaitUntilNothingRunsAsync();
        await broadcast.ShouldHaveNothingHalfWrittenAsync([frozen]);
    }
}
