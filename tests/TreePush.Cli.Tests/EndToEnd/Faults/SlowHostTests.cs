using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>A host that receives ten times slower than the others holds nobody back.</summary>
[Collection(FaultyFleet.Name)]
public sealed class SlowHostTests(FaultyFleet fleet)
{
    private readonly IReadOnlyList<FleetHost> _hosts = fleet.Fleet.Hosts;

    [PrivateFleetTheory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_slow_host_is_moved_back_and_served_last(int position)
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        await using var run = await sync.StartAsync(_hosts);
        await sync.WaitUntilUnderWayAsync(_hosts, run);
        var slow = sync.Chain()[position];
        var name = FaultySync.NameOf(slow);
        try
        {
            await slow.Network.ShapeAsync(FaultySync.SlowRate);
            await sync.WaitForAsync<HostDemoted>(m => m.Host == name, run);
            await sync.HurryAsync(except: slow);
            foreach (var other in _hosts.Except([slow])) await sync.WaitForAsync<TargetServed>(d => d.Target == FaultySync.NameOf(other), run);
            sync.Events.OfType<TargetServed>().Should().NotContain(d => d.Target == name);
        }
        finally
        {
            await sync.HurryAsync();
        }

        (await run.WaitForExitAsync()).ShouldSucceed().Error.Should().Contain($"{slow.Address} is slow");
        await sync.ShouldBeWholeOnAsync(_hosts);
        sync.Events.OfType<TargetFailed>().Should().BeEmpty();
    }
}
