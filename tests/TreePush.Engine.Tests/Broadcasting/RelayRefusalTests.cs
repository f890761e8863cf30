using TreePush.Core.Pushing;
using TreePush.Engine.Broadcasting;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Broadcasting;

/// <summary>Hosts on which the relay can't be, or only elsewhere than usual.</summary>
public sealed class RelayRefusalTests
{
    private const string SmallHome = "mkdir -p /root/.cache && mount -t tmpfs -o size=1m none /root/.cache; ";
    private const string SmallVarTmp = "mount -t tmpfs -o size=1m none /var/tmp; ";

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
    [InlineData("mount -o remount,bind,noexec /root; mount -o remount,noexec /var/tmp", "Permission denied", "noexec")]
    [InlineData("mount -o remount,bind,ro /root; mount -o remount,ro /var/tmp", "Read-only", "written")]
    public async Task Host_with_no_place_for_programs_is_told(string administration, string reason, string hint)
    {
        await using var place = await RelayPlace.StartAsync();
        await place.Machine.AdministerAsync(administration);
        var failure = await place.RefusalAsync();
        failure.Kind.Should().Be(FailureKind.RelayUnusable);
        failure.Message.Should().Contain(reason);
        failure.Hint.Should().Contain(hint);
    }

    [FleetFact]
    public async Task Folder_of_somebody_else_is_not_used()
    {
        await using var place = await RelayPlace.StartAsync();
        await place.Machine.AdministerAsync("mount -o remount,bind,ro /root; mkdir /var/tmp/treepush-0; chown 1 /var/tmp/treepush-0");
        (await place.RefusalAsync()).Kind.Should().Be(FailureKind.RelayUnusable);
    }

    [FleetFact]
    public async Task Full_disk_is_told_before_anything_is_sent()
    {
        await using var place = await RelayPlace.StartAsync(packages: RelayPackage.Shipped);
        await place.Machine.AdministerAsync(SmallHome + SmallVarTmp);
        var failure = await place.RefusalAsync();
        failure.Kind.Should().Be(FailureKind.TargetDiskFull);
        failure.Message.Should().Contain("no room for the relay");
    }

    [FleetFact]
    public async Task Disk_that_fills_meanwhile_is_told_and_nothing_stays()
    {
        await using var place = await RelayPlace.StartAsync(new HostOptions { HiddenPrograms = ["df"] }, packages: RelayPackage.Shipped);
        await place.Machine.AdministerAsync(SmallHome + SmallVarTmp);
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
    public async Task Relay_that_a_host_once_had_but_can_no_longer_run_is_told()
    {
        await using var place = await RelayPlace.StartAsync();
        await using (await place.OpenAsync())
        {
        }

        await place.Machine.AdministerAsync("mount -o remount,bind,noexec /root");
        var failure = await place.RefusalAsync();
        failure.Kind.Should().Be(FailureKind.RelayUnusable);
        failure.Message.Should().Contain("Permission denied");
    }

    [FleetFact]
    public async Task Refused_login_is_told_as_for_any_ssh()
    {
        await using var place = await RelayPlace.StartAsync();
        File.Delete(place.Machine.AuthorizedKeysPath);
        (await place.RefusalAsync()).Kind.Should().Be(FailureKind.SourceAuthentication);
    }
}
