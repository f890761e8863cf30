using TreePush.Core.Runs;
using TreePush.Engine.Syncing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

/// <summary>Hosts on which the relay can't be, or only elsewhere than usual.</summary>
public sealed class RelayRefusalTests
{
    private const string SmallHome = "mkdir -p /root/.cache && mount -t tmpfs -o size=1m none /root/.cache; ";
    private const string SmallTmps = "mount -t tmpfs -o size=1m none /var/tmp; mkdir /tmp/treepush-0; mount -t tmpfs -o size=1m,mode=700 none /tmp/treepush-0; ";

    [FleetTheory]
    [InlineData("mount -o remount,bind,noexec /root")]
    [InlineData("mount -o remount,bind,ro /root")]
    [InlineData(SmallHome)]
    public async Task Home_that_will_not_do_is_replaced_by_a_folder_in_var_tmp(string administration)
    {
        await using var place = await RelayPlace.StartAsync(packages: RelayPackage.Shipped);
        await place.Machine.AdministerAsync(administration);
        await using (var first = await place.OpenAsync()) first.WasPlaced.Should().BeTrue();
        await using var second = await place.OpenAsync();
        second.WasPlaced.Should().BeFalse();
        place.Placed.Should().BeEmpty();
        await place.Machine.AdministerAsync("[ \"$(stat -c '%a %u' /var/tmp/treepush-0)\" = '700 0' ]");
    }

    [FleetTheory]
    [InlineData("mount -o remount,bind,noexec /root; mount -o remount,noexec /var/tmp; mkdir /tmp/treepush-0; mount -t tmpfs -o noexec,mode=700 none /tmp/treepush-0", "programs may not be run from it", "programs may not be run from it")]
    [InlineData("mount -o remount,bind,ro /root; mount -o remount,noexec /var/tmp; mkdir /tmp/treepush-0; mount -t tmpfs -o ro,mode=700 none /tmp/treepush-0", "Read-only file system", "programs may not be run from it")]
    public async Task Host_with_no_place_for_programs_is_told_each_and_why(string administration, string ofHome, string ofVarTmp)
    {
        await using var place = await RelayPlace.StartAsync();
        await place.Machine.AdministerAsync(administration);
        var failure = await place.RefusalAsync();
        failure.Kind.Should().Be(FailureKind.RelayUnusable);
        failure.Message.Should().Contain($"/root/.cache/treepush: {ofHome}").And.Contain($"/var/tmp/treepush-0: {ofVarTmp}").And.Contain("/tmp/treepush-0: ");
        failure.Hint.Should().Contain("XDG_CACHE_HOME");
    }

    [FleetFact]
    public async Task Folder_in_tmp_is_taken_where_neither_home_nor_var_tmp_will_do()
    {
        await using var place = await RelayPlace.StartAsync();
        await place.Machine.AdministerAsync("mount -o remount,bind,ro /root; mount -o remount,noexec /var/tmp");
        await using (var first = await place.OpenAsync()) first.WasPlaced.Should().BeTrue();
        await using var second = await place.OpenAsync();
        second.WasPlaced.Should().BeFalse();
        await place.Machine.AdministerAsync("[ \"$(stat -c '%a %u' /tmp/treepush-0)\" = '700 0' ]");
    }

    [FleetFact]
    public async Task Home_that_is_not_there_is_not_made()
    {
        await using var place = await RelayPlace.StartAsync(new HostOptions { SshdLines = ["SetEnv HOME=/tmp/nowhere"] });
        await using var relay = await place.OpenAsync();
        await place.Machine.AdministerAsync("[ ! -e /tmp/nowhere ]; [ -d /var/tmp/treepush-0 ]");
    }

    [FleetFact]
    public async Task Folder_that_XDG_CACHE_HOME_names_comes_first()
    {
        await using var place = await RelayPlace.StartAsync(new HostOptions { SshdLines = ["SetEnv XDG_CACHE_HOME=/tmp/cache"] });
        await using (await place.OpenAsync())
        {
        }

        await place.Machine.AdministerAsync("[ \"$(stat -c '%a %u' /tmp/cache/treepush)\" = '700 0' ]; chmod 777 /tmp/cache");
        place.Placed.Should().BeEmpty();
        await using var second = await place.OpenAsync();
        second.WasPlaced.Should().BeTrue("others could exchange the folder now");
        place.Placed.Should().NotBeEmpty();
    }

    [FleetFact]
    public async Task Folder_of_somebody_else_is_not_used()
    {
        await using var place = await RelayPlace.StartAsync();
        await place.Machine.AdministerAsync("mount -o remount,bind,ro /root; for d in /var/tmp /tmp; do mkdir $d/treepush-0; chown 1 $d/treepush-0; done");
        var failure = await place.RefusalAsync();
        failure.Kind.Should().Be(FailureKind.RelayUnusable);
        failure.Message.Should().Contain("/tmp/treepush-0: it belongs to another login");
    }

    [FleetFact]
    public async Task Full_disk_is_told_before_anything_is_sent()
    {
        await using var place = await RelayPlace.StartAsync(packages: RelayPackage.Shipped);
        await place.Machine.AdministerAsync(SmallHome + SmallTmps);
        var failure = await place.RefusalAsync();
        failure.Kind.Should().Be(FailureKind.TargetDiskFull);
        failure.Message.Should().Contain("no space for the relay");
    }

    [FleetFact]
    public async Task Disk_that_fills_meanwhile_is_told_and_nothing_stays()
    {
        await using var place = await RelayPlace.StartAsync(new HostOptions { HiddenPrograms = ["df"] }, packages: RelayPackage.Shipped);
        await place.Machine.AdministerAsync(SmallHome + SmallTmps);
        (await place.RefusalAsync()).Kind.Should().Be(FailureKind.TargetDiskFull);
        await place.Machine.AdministerAsync("[ -z \"$(ls -A /root/.cache/treepush)\" ]");
    }

    [FleetFact]
    public async Task Other_platform_is_named()
    {
        await using var place = await RelayPlace.StartAsync();
        await place.Machine.AdministerAsync("printf '#!/bin/sh\\necho Linux riscv64\\n' >/tmp/uname; chmod 755 /tmp/uname; mount --bind /tmp/uname $(readlink -f /bin/uname)");
        var failure = await place.RefusalAsync();
        failure.Kind.Should().Be(FailureKind.RelayUnusable);
        failure.Message.Should().Contain("Linux riscv64").And.Contain("Linux x86_64");
    }

    [FleetFact]
    public async Task Other_C_library_is_told()
    {
        var relay = new RelayPackage("Linux x86_64", "/lib/ld-none.so", RelayPackage.Shipped[0].OpenCompressed);
        await using var place = await RelayPlace.StartAsync(packages: [relay]);
        var failure = await place.RefusalAsync();
        failure.Kind.Should().Be(FailureKind.RelayUnusable);
        failure.Message.Should().Contain("/lib/ld-none.so").And.Contain("musl");
    }

    [FleetFact]
    public async Task Missing_libssl_is_told_and_the_relay_does_not_stay()
    {
        await using var place = await RelayPlace.StartAsync(packages: RelayPackage.Shipped);
        await place.Machine.AdministerAsync("for l in $(ldconfig -p | sed -n 's/.*libssl.so.* => //p'); do mount --bind /dev/null $(readlink -f $l); done");
        var failure = await place.RefusalAsync();
        failure.Kind.Should().Be(FailureKind.RelayUnusable);
        failure.Message.Should().Contain("libssl");
        failure.Hint.Should().Contain("libssl3");
        place.Placed.Should().BeEmpty();
    }

    [FleetFact]
    public async Task Relay_that_a_host_can_no_longer_run_from_its_home_is_placed_elsewhere()
    {
        await using var place = await RelayPlace.StartAsync();
        await using (await place.OpenAsync())
        {
        }

        await place.Machine.AdministerAsync("mount -o remount,bind,noexec /root");
        await using var relay = await place.OpenAsync();
        (await StandIn.EchoAsync(relay, 1, 2)).Should().Equal(1, 2);
    }

    [FleetFact]
    public async Task Refused_login_is_told_as_for_any_ssh()
    {
        await using var place = await RelayPlace.StartAsync();
        File.Delete(place.Machine.AuthorizedKeysPath);
        (await place.RefusalAsync()).Kind.Should().Be(FailureKind.HostAuthentication);
    }
}
