using TreePush.Core.Hosts;
using TreePush.Engine.Remote;
using TreePush.Engine.Syncing;
using TreePush.Engine.Tests.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

public sealed class RelayStartTests
{
    private static readonly byte[] EveryByte = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    [FleetFact]
    public async Task Relay_is_placed_once_and_found_the_second_time()
    {
        await using var place = await RelayPlace.StartAsync();
        await using (var first = await place.OpenAsync())
        {
            first.WasPlaced.Should().BeTrue();
            first.BytesPlaced.Should().Be(StandIn.Package.CompressedLength);
        }

        await using var second = await place.OpenAsync();
        second.WasPlaced.Should().BeFalse();
        second.BytesPlaced.Should().Be(0);
        place.Placed.Should().HaveCount(3).And.OnlyContain(name => name.StartsWith($"treepush-relay-{StandIn.Package.Hash}", StringComparison.Ordinal));
    }

    [FleetFact]
    public async Task Relay_that_is_shipped_runs()
    {
        await using var place = await RelayPlace.StartAsync(packages: RelayPackage.Shipped);
        await using var relay = await place.OpenAsync();
        relay.BytesPlaced.Should().BeLessThan(10_000_000);
        await relay.DisposeAsync();
        (await relay.Ended).Status.Should().Be(0);
    }

    public static TheoryData<SshKind> Kinds => SshKinds.All;

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task Streams_of_the_relay_carry_every_byte(SshKind kind)
    {
        await using var place = await RelayPlace.StartAsync(kind: kind);
        await using var relay = await place.OpenAsync();
        (await StandIn.EchoAsync(relay, EveryByte)).Should().Equal(EveryByte);
    }

    [FleetFact]
    public async Task Relay_of_this_machine_needs_no_ssh()
    {
        var launcher = new RelayLauncher(new LocalDriver(TimeProvider.System), [StandIn.Package], TimeProvider.System);
        await using var relay = await launcher.StartAsync(new Host("local"), new RelayStart(), CancellationToken.None);
        (await StandIn.EchoAsync(relay, EveryByte)).Should().Equal(EveryByte);
        relay.Addresses.Should().BeNull();
    }

    [FleetFact]
    public async Task Host_tells_at_which_address_it_was_reached()
    {
        await using var place = await RelayPlace.StartAsync();
        await using var relay = await place.OpenAsync();
        relay.Addresses!.Host.ToString().Should().Be($"{place.Machine.Address}:{place.Machine.Port}");
        relay.Addresses.Controller.Address.ToString().Should().StartWith("127.");
    }

    [FleetTheory("dash", "mksh", "tcsh", "fish", "zsh")]
    [InlineData("/bin/dash")]
    [InlineData("/bin/bash")]
    [InlineData("/bin/mksh")]
    [InlineData("/bin/tcsh")]
    [InlineData("/usr/bin/fish")]
    [InlineData("/bin/zsh")]
    public async Task Any_login_shell_will_do(string shell)
    {
        await using var place = await RelayPlace.StartAsync(new HostOptions { LoginShell = shell });
        await using var relay = await place.OpenAsync();
        (await StandIn.EchoAsync(relay, EveryByte)).Should().Equal(EveryByte);
    }

    [FleetTheory("dash", "busybox", "mksh")]
    [InlineData("/bin/dash")]
    [InlineData("/bin/bash")]
    [InlineData("/bin/busybox")]
    [InlineData("/bin/mksh")]
    public async Task Any_sh_will_do(string shell)
    {
        await using var place = await RelayPlace.StartAsync();
        await place.Machine.AdministerAsync($"mount --bind $(readlink -f {shell}) $(readlink -f /bin/sh)");
        await using (var first = await place.OpenAsync()) first.WasPlaced.Should().BeTrue();
        await using var relay = await place.OpenAsync();
        (await StandIn.EchoAsync(relay, EveryByte)).Should().Equal(EveryByte);
    }

    [FleetFact]
    public async Task What_login_scripts_print_is_skipped()
    {
        await using var place = await RelayPlace.StartAsync(new HostOptions { LoginShell = "/bin/bash" });
        await File.WriteAllTextAsync(Path.Combine(place.Machine.HomeDirectory, ".bashrc"), "echo 'Welcome!'; seq 5000; printf 'no end of line: treepush-relay '\n");
        await using var relay = await place.OpenAsync();
        (await StandIn.EchoAsync(relay, EveryByte)).Should().Equal(EveryByte);
    }

    [FleetFact]
    public async Task Host_without_gzip_gets_the_relay_as_it_is()
    {
        await using var place = await RelayPlace.StartAsync(new HostOptions { HiddenPrograms = ["gzip"] });
        await using var relay = await place.OpenAsync();
        relay.BytesPlaced.Should().Be(StandIn.Package.Length);
        (await StandIn.EchoAsync(relay, EveryByte)).Should().Equal(EveryByte);
    }

    [FleetFact]
    public async Task Old_relays_go_when_a_new_one_comes()
    {
        await using var place = await RelayPlace.StartAsync();
        Directory.CreateDirectory(place.Cache);
        foreach (string name in (string[])["treepush-relay-old", "treepush-relay-young"])
        {
            await File.WriteAllTextAsync(Path.Combine(place.Cache, name), "");
            await File.WriteAllTextAsync(Path.Combine(place.Cache, name + ".used"), "");
        }

        File.SetLastWriteTimeUtc(Path.Combine(place.Cache, "treepush-relay-old.used"), DateTime.UtcNow - TimeSpan.FromDays(32));
        await using var relay = await place.OpenAsync();
        place.Placed.Should().Contain("treepush-relay-young").And.NotContain(name => name.Contains("old", StringComparison.Ordinal));
    }

    [FleetFact]
    public async Task Use_is_noted_so_that_a_relay_in_use_is_never_old()
    {
        await using var place = await RelayPlace.StartAsync();
        await using (await place.OpenAsync())
        {
        }

        string used = Directory.GetFiles(place.Cache, "*.used").Single();
        File.SetLastWriteTimeUtc(used, DateTime.UtcNow - TimeSpan.FromDays(40));
        await using var again = await place.OpenAsync();
        File.GetLastWriteTimeUtc(used).Should().BeAfter(DateTime.UtcNow - TimeSpan.FromDays(1));
    }
}
