using TreePush.Core.Broadcasting;
using TreePush.Core.Pushing;
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
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync([null]);
        await using var run = await broadcast.StartAsync(_hosts);
        await broadcast.WaitUntilUnderWayAsync(_hosts, run);
        var slow = broadcast.Chain()[position];
        var name = Broadcast.NameOf(slow);
        try
        {
            await slow.Network.ShapeAsync(Broadcast.SlowRate);
            await broadcast.WaitForAsync<HostMovedBack>(m => m.Host == name, run);
            await broadcast.HurryAsync(except: slow);
            foreach (var other in _hosts.Except([slow])) await broadcast.WaitForAsync<TargetDelivered>(d => d.Target == Broadcast.NameOf(other), run);
            broadcast.Events.OfType<TargetDelivered>().Should().NotContain(d => d.Target == name);
        }
        finally
        {
            await broadcast.HurryAsync();
        }

        (await run.WaitForExitAsync()).ShouldSucceed().Error.Should().Contain($"{slow.Address} is slow");
        await broadcast.ShouldBeWholeOnAsync(_hosts);
        broadcast.Events.OfType<TargetFailed>().Should().BeEmpty();
    }
}
