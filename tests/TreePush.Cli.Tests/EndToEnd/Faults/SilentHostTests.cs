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
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        await using var run = await sync.StartAsync(_hosts);
        await sync.WaitUntilUnderWayAsync(_hosts, run);
        var chain = sync.Chain();
        FleetHost[] cut = [chain[0], chain[3]];
        try
        {
            await Task.WhenAll(cut.Select(h => h.Network.CutLinkAsync()));
            await sync.HurryAsync();
            var result = (await run.WaitForExitAsync()).ShouldExit(3);
            await sync.ShouldBeWholeOnAsync(_hosts.Except(cut));
            foreach (var host in cut) sync.ShouldNameAsFailed(result, host, "sent nothing for");
            foreach (var host in cut) await host.WaitUntilGoneAsync(FaultySync.Relay, Patience.WithHeartbeats);
        }
        finally
        {
            await Task.WhenAll(cut.Select(h => h.Network.MendLinkAsync()));
        }

        await sync.ShouldHaveNothingHalfWrittenAsync(cut);
    }

    [PrivateFleetFact]
    public async Task A_frozen_relay_is_given_up_and_the_others_served()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        await using var run = await sync.StartAsync(_hosts);
        await sync.WaitUntilUnderWayAsync(_hosts, run);
        var frozen = sync.Chain()[2];
        frozen.SignalProcesses(FaultySync.Relay, Signal.Stop);
        await sync.HurryAsync();
        try
        {
            var result = (await run.WaitForExitAsync()).ShouldExit(3);
            sync.ShouldNameAsFailed(result, frozen, "sent nothing for");
        }
        finally
        {
            frozen.Thaw();
        }

        await sync.ShouldBeWholeOnAsync(_hosts.Except([frozen]));
        await sync.WaitUntilNothingRunsAsync();
        await sync.ShouldHaveNothingHalfWrittenAsync([frozen]);
    }
}
