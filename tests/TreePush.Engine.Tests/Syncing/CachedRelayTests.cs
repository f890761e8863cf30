using TreePush.Engine.Syncing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

/// <summary>A relay that lies on a host from an earlier run is run only if it is still what was placed there.</summary>
public sealed class CachedRelayTests
{
    [FleetTheory]
    [InlineData("emptied", ": >$r")]
    [InlineData("other content", "echo '#!/bin/sh\nexec cat' >$r")]
    [InlineData("cut", "truncate -s 10 $r")]
    [InlineData("somebody else's", "chown 1 $r")]
    [InlineData("not executable", "chmod 644 $r")]
    [InlineData("a link", "mv $r /tmp/relay; ln -s /tmp/relay $r")]
    public async Task One_that_was_changed_is_replaced(string what, string change)
    {
        await using var place = await RelayPlace.StartAsync();
        await using (await place.OpenAsync())
        {
        }

        await place.Machine.AdministerAsync($"r=/root/.cache/treepush/treepush-relay-{StandIn.Package.Hash}; {change}");
        await using (var relay = await place.OpenAsync())
        {
            relay.WasPlaced.Should().BeTrue(what);
            (await StandIn.EchoAsync(relay, 1, 2)).Should().Equal(1, 2);
        }

        await using var again = await place.OpenAsync();
        again.WasPlaced.Should().BeFalse(what);
    }

    [Fact]
    public void Hash_that_the_build_wrote_down_is_that_of_the_relay_it_ships() =>
        RelayPackage.Shipped.Should().NotBeEmpty().And.AllSatisfy(
            relay => relay.ProgramHash.Should().Be(new RelayPackage(relay.Platform, relay.Loader, relay.OpenCompressed).ProgramHash));

    [FleetFact]
    public async Task Folder_that_others_could_write_to_is_closed_to_them()
    {
        await using var place = await RelayPlace.StartAsync();
        await using (await place.OpenAsync())
        {
        }

        await place.Machine.AdministerAsync("chmod 777 /root/.cache/treepush");
        await using var relay = await place.OpenAsync();
        await place.Machine.AdministerAsync("[ $(stat -c %a /root/.cache/treepush) = 700 ]");
    }

    [FleetFact]
    public async Task Folder_that_others_could_exchange_is_not_used()
    {
        await using var place = await RelayPlace.StartAsync();
        await place.Machine.AdministerAsync("mkdir -m 777 -p /root/.cache; chmod 777 /root/.cache");
        await using var relay = await place.OpenAsync();
        place.Placed.Should().BeEmpty();
        await place.Machine.AdministerAsync("[ -d /var/tmp/treepush-0 ]");
    }

    [FleetFact]
    public async Task Host_without_a_program_for_hashes_gets_the_relay_anew_each_time()
    {
        await using var place = await RelayPlace.StartAsync(new HostOptions { HiddenPrograms = ["sha256sum", "shasum", "openssl"] });
        for (int i = 0; i < 2; i++)
        {
            await using var relay = await place.OpenAsync();
            relay.WasPlaced.Should().BeTrue();
        }
    }
}
