using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>Sources that can't serve: each is told with its cure, and the others serve its targets.</summary>
public sealed class SourceFailureTests
{
    private const int ClosedPort = 9;

    [FleetFact]
    public async Task A_source_at_which_nobody_listens_is_told_and_others_serve()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        var work = new Workplace(fleet);
        var result = await work.PushAsync("true", "-m", "1", "-s", $"{work.Nobody(99)}:{ClosedPort},{fleet.Hosts[0].Endpoint}", "-l", work.WriteNobodies(3));
        result.ShouldFail(0, $"source {work.Nobody(99)}:9 is set aside: {work.Nobody(99)}:9 refused the connection: nothing listens on port 9", "hint: is sshd running on that host");
        work.LastRun.Served.Should().HaveCount(3);
    }

    [FleetFact]
    public async Task Without_any_source_no_target_is_tried()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        var work = new Workplace(fleet);
        var result = await work.PushAsync("true", "-s", $"{work.Nobody(98)}:{ClosedPort},{work.Nobody(99)}:{ClosedPort}", "-l", work.WriteNobodies(2));
        result.ShouldFail(3, "no source is left; 2 targets were not tried", "0 of 2 served").Output.Should().Contain("not tried (2)");
    }

    [FleetFact]
    public async Task An_unknown_name_is_told()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        var work = new Workplace(fleet);
        (await work.PushAsync("true", "-s", "no-such-host.invalid", "-w", "a"))
            .ShouldFail(3, "no-such-host.invalid can't be reached", "Could not resolve hostname", "hint: is the name correct");
    }

    [FleetFact]
    public async Task A_changed_host_key_is_refused()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        var work = new Workplace(fleet);
        var source = fleet.Hosts[0];
        (await work.PushAsync("true", "-s", source.Endpoint, "-w", work.Nobody(1))).ShouldSucceed();
        await source.ChangeHostKeyAsync();
        (await work.PushAsync("true", "-s", source.Endpoint, "-w", work.Nobody(1))).ShouldFail(
            3, $"the host key of {source.Address}:{source.Port} differs from the known key", $"hint: if the change is correct, remove the old key: ssh-keygen -R '[{source.Address}]:{source.Port}'");
    }

    [FleetFact]
    public async Task A_source_that_refuses_the_login_is_told()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        var work = new Workplace(fleet);
        var source = fleet.Hosts[0];
        await File.WriteAllTextAsync(source.AuthorizedKeysPath, "");
        (await work.PushAsync("true", "-s", source.Endpoint, "-w", work.Nobody(1))).ShouldFail(
            3, $"{source.Address}:{source.Port} refused the login", "Permission denied (publickey)", $"hint: try: ssh -p {source.Port} root@{source.Address}");
    }

    [FleetFact]
    public async Task A_source_that_lacks_the_program_is_set_aside_and_others_serve()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions
        {
            Hosts = 4,
            ForHost = (index, options) => index == 0 ? options with { HiddenPrograms = ["rsync"] } : options,
        });
        var work = new Workplace(fleet);
        var payload = Payload.On(fleet, fleet.Hosts[1], work.Name);
        string list = await fleet.WriteHostListAsync(fleet.Hosts.Skip(2));
        var result = await work.PushAsync(Commands.Rsync(payload), "-s", $"{fleet.Hosts[0].Endpoint},{fleet.Hosts[1].Endpoint}", "-l", list);
        fleet.Hosts.Skip(2).Should().NotBeEmpty().And.OnlyContain(h => payload.IsOn(h));
        result.ShouldFail(0, $"the source {fleet.Hosts[0].Address}:{fleet.Hosts[0].Port} can't run the command: ", "rsync: not found", "hint: install it on every host");
    }

    [FleetFact]
    public async Task A_source_whose_login_prints_a_greeting_serves()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        var work = new Workplace(fleet);
        await File.WriteAllTextAsync(Path.Combine(fleet.Hosts[0].HomeDirectory, ".bashrc"), "echo Welcome; echo to this host >&2\n");
        (await work.PushAsync("true", "-s", fleet.Hosts[0].Endpoint, "-w", work.Nobody(1))).ShouldSucceed();
    }
}
