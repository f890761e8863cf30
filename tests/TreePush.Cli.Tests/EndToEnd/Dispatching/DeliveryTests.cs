using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Dispatching;

/// <summary>Packages that are named on the command line.</summary>
public sealed class DeliveryTests(FourDispatchHosts hosts) : IClassFixture<FourDispatchHosts>
{
    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public async Task A_package_is_delivered_to_a_host_and_installed()
    {
        var place = new DispatchPlace(Fleet);
        var host = Fleet.Hosts[0];
        place.WriteRule([host], DispatchPlace.Install);
        place.Work.Write("app-1", "content");
        (await place.DispatchAsync("app-1")).ShouldSucceed().Error.Should().Contain("delivered").And.Contain("installed");
        File.ReadAllText(place.OnHost(host, "app-1")).Should().Be("content");
        place.InstalledOn(host).Should().Equal($"app-1 {host.Address}");
    }

    [FleetFact]
    public async Task A_package_is_delivered_to_several_hosts_by_a_sync()
    {
        var place = new DispatchPlace(Fleet);
        place.WriteRule(Fleet.Hosts, DispatchPlace.Install);
        place.Work.Write("app-1", new string('x', 3_000_000));
        (await place.DispatchAsync("app-1", "--json")).ShouldSucceed().Output.Should().Contain("\"proof\":\"receipt\"");
        foreach (var host in Fleet.Hosts)
        {
            new FileInfo(place.OnHost(host, "app-1")).Length.Should().Be(3_000_000);
            place.InstalledOn(host).Should().ContainSingle();
        }
    }

    [FleetFact]
    public async Task The_same_package_is_not_installed_twice()
    {
        var place = new DispatchPlace(Fleet);
        place.WriteRule([Fleet.Hosts[0]], DispatchPlace.Install);
        place.Work.Write("app-1", "content");
        (await place.DispatchAsync("app-1")).ShouldSucceed();
        (await place.DispatchAsync("app-1")).ShouldSucceed().Error.Should().Contain("installed already");
        place.InstalledOn(Fleet.Hosts[0]).Should().ContainSingle();
        place.Work.Write("app-1", "another content");
        (await place.DispatchAsync("app-1")).ShouldSucceed();
        place.InstalledOn(Fleet.Hosts[0]).Should().HaveCount(2);
    }

    [FleetFact]
    public async Task Names_with_odd_characters_are_delivered_as_they_are()
    {
        var place = new DispatchPlace(Fleet);
        place.WriteRule(Fleet.Hosts.Take(2), DispatchPlace.Install);
        string name = "app $(touch x) 'a\" ${TPUSH_HOST}\n;b";
        place.Work.Write(name, "content");
        (await place.DispatchAsync("./" + name)).ShouldSucceed();
        foreach (var host in Fleet.Hosts.Take(2)) File.ReadAllText(place.OnHost(host, name)).Should().Be("content");
        File.Exists(place.OnHost(Fleet.Hosts[0], "x")).Should().BeFalse();
    }

    [FleetFact]
    public async Task A_file_that_no_rule_matches_is_told()
    {
        var place = new DispatchPlace(Fleet);
        place.WriteRule([Fleet.Hosts[0]], DispatchPlace.Install);
        place.Work.Write("other", "content");
        (await place.DispatchAsync("other")).ShouldFail(3, "no rule matches");
        (await place.DispatchAsync("none")).ShouldFail(3, "no rule matches");
    }

    [FleetFact]
    public async Task An_install_that_fails_is_told_with_its_output_and_repeated_only_on_request()
    {
        var place = new DispatchPlace(Fleet);
        var host = Fleet.Hosts[0];
        place.WriteRule([host], $"{DispatchPlace.Install}; echo no room >&2; test -e fixed");
        place.Work.Write("app-1", "content");
        (await place.DispatchAsync("app-1")).ShouldFail(3, "FAILED", "no room");
        (await place.DispatchAsync("retry", "app-1")).ShouldFail(3, "--install");
        place.InstalledOn(host).Should().ContainSingle();
        File.WriteAllText(place.OnHost(host, "fixed"), "");
        (await place.DispatchAsync("retry", "app-1", "--install")).ShouldSucceed();
        place.InstalledOn(host).Should().HaveCount(2);
        (await place.StateAsync("app-1")).Should().Be("installed");
    }

    [FleetFact]
    public async Task An_install_that_takes_too_long_is_ended_at_the_host()
    {
        var place = new DispatchPlace(Fleet);
        string marker = Marker.New();
        place.WriteRule([Fleet.Hosts[0]], $"sh -c 'sleep 600' {marker}", "    install_limit: 1s");
        place.Work.Write("app-1", "content");
        (await place.DispatchAsync("app-1")).ShouldFail(3, "FAILED");
        await Wait.UntilAsync(() => Fleet.Hosts[0].Processes(marker).Count == 0, Patience.Usual, () => "the install still runs");
    }

    [FleetFact]
    public async Task A_host_that_can_not_be_reached_is_tried_again_and_then_given_up()
    {
        var place = new DispatchPlace(Fleet);
        place.WriteRules($"retry_after: 100ms\nrules:\n- match: app\n  host: {place.Work.Nobody(1)}:9\n");
        place.Work.Write("app-1", "content");
        (await place.DispatchAsync("app-1")).ShouldFail(3, "next attempt", "FAILED");
        (await place.DispatchAsync("status")).ShouldExit(3).Output.Should().Contain("failed");
        (await place.DispatchAsync("forget", "app-1")).ShouldSucceed();
        (await place.DispatchAsync("status")).ShouldSucceed().Output.Should().Contain("all packages are done");
    }

    [FleetFact]
    public async Task What_is_wrong_with_rules_is_told_before_anything_is_done()
    {
        var place = new DispatchPlace(Fleet);
        place.WriteRules("quiett: 1\nrules:\n- match: '('\n- match: app\n  host: h\n  via: pigeon\n");
        (await place.DispatchAsync("app-1")).ShouldFail(2, "rules.yml:1", "quiett", "rules.yml:3", "not a regular expression", "rules.yml:6", "auto, ssh, ftp, ftps");
        Directory.Exists(place.State).Should().BeFalse();
    }

    [FleetFact]
    public async Task A_check_says_what_would_be_done_and_does_nothing()
    {
        var place = new DispatchPlace(Fleet);
        place.WriteRule(Fleet.Hosts, DispatchPlace.Install);
        (await place.DispatchAsync("--check", "app-1")).ShouldSucceed().Output.Should().Contain("rule 'app'").And.Contain(Fleet.Hosts[3].Address).And.Contain(place.Destination).And.Contain("installed");
        (await place.DispatchAsync("--check", "nothing")).ShouldExit(3).Output.Should().Contain("no rule");
        Directory.Exists(place.State).Should().BeFalse();
    }
}
