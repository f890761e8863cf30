using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>Bytes that change on their way are noticed before they are written or passed on.</summary>
[Collection(FaultyFleet.Name)]
public sealed class SpoiledWireTests(FaultyFleet fleet)
{
    private readonly IReadOnlyList<FleetHost> _targets = [.. fleet.Fleet.Hosts.Skip(1).Take(4)];

    private FleetHost Source => fleet.Fleet.Hosts[0];

    [PrivateFleetTheory]
    [InlineData("plain", LinkFault.Corrupt)]
    [InlineData("tls", LinkFault.Closed)]
    public async Task A_byte_that_changes_on_the_only_way_from_the_source_ends_that_link_alone(string channel, LinkFault fault)
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync(Source);
        await using (await Source.Network.MeddleAsync(new Meddling(AfterBytes: 3_000_000)))
        {
            (await sync.RunAsync(_targets, "-s", Source.Endpoint, "--data-channel", channel)).ShouldSucceed();
        }

        sync.Events.OfType<LinkFailed>().Should().ContainSingle().Which.Should().Match<LinkFailed>(f => f.Parent == FaultySync.NameOf(Source) && f.Fault == fault);
        await sync.ShouldBeWholeOnAsync(_targets, Source);
    }

    [PrivateFleetFact]
    public async Task Every_link_may_be_spoiled_once_and_all_are_served()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync(Source);
        var meddlers = await Task.WhenAll(_targets.Prepend(Source).Select(h => h.Network.MeddleAsync(new Meddling(AfterBytes: 4_000_000))));
        try
        {
            (await sync.RunAsync(_targets, "-s", Source.Endpoint, "--data-channel", "plain")).ShouldSucceed();
        }
        finally
        {
            foreach (var meddler in meddlers) await meddler.DisposeAsync();
        }

        meddlers.Sum(m => m.Falsified).Should().BeGreaterThan(2);
        sync.Events.OfType<LinkFailed>().Should().NotBeEmpty().And.OnlyContain(f => f.Fault == LinkFault.Corrupt);
        await sync.ShouldBeWholeOnAsync(_targets, Source);
    }
}
