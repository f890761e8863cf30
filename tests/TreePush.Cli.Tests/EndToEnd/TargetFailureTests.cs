using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>Targets that can't be served: each is told with its cure, and never stops the others.</summary>
public sealed class TargetFailureTests(TargetFailureTests.Hosts hosts) : IClassFixture<TargetFailureTests.Hosts>
{
    private const int LacksRsync = 0, IsFull = 1, IsFine = 2;

    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public async Task A_target_without_the_program_is_told()
    {
        var (work, payload) = await FailOneAsync(LacksRsync, Commands.Rsync, "lacks a program: ", "rsync: command not found", "hint: install it on the target; rsync must be installed on both hosts");
        payload.IsOn(Fleet.Hosts[IsFine]).Should().BeTrue();
        work.LastRun.Served.Should().ContainSingle();
    }

    [FleetFact]
    public async Task A_target_whose_disk_is_full_is_told()
    {
        await Fleet.Hosts[IsFull].FillDiskAsync();
        var (_, payload) = await FailOneAsync(IsFull, Commands.Cat, "the disk of ", "is full: ", "No space left on device", "hint: free space on the target");
        payload.IsOn(Fleet.Hosts[IsFine]).Should().BeTrue();
    }

    [FleetFact]
    public async Task A_target_at_which_nobody_listens_is_told()
    {
        var work = new Workplace(Fleet);
        var payload = Payload.OnController(Fleet, work.Name);
        string list = work.Write("list.txt", $"{work.Nobody(1)} 9 root\n{Line(IsFine)}\n");
        (await work.PushAsync(Commands.Scp(payload), "-m", "2", "-s", "local", "-l", list)).ShouldFail(
            3, $"127.0.0.1 can't reach {work.Nobody(1)}:9: ", "Connection refused", "hint: is the host up", "1 of 2 served");
        payload.IsOn(Fleet.Hosts[IsFine]).Should().BeTrue();
    }

    [FleetFact]
    [Trait("SshClient", "openssh")]
    public async Task A_target_that_knows_no_source_is_told_and_served_with_an_agent()
    {
        await using var strangers = await Fleet.StartAsync(new FleetOptions { Hosts = 2, HostsTrustEachOther = false });
        var work = new Workplace(strangers);
        var payload = Payload.On(strangers, strangers.Hosts[0], work.Name);
        string[] push = [Commands.Rsync(payload), "-s", strangers.Hosts[0].Endpoint, "-l", await strangers.WriteHostListAsync([strangers.Hosts[1]])];
        (await work.PushAsync(push)).ShouldFail(3, "refused the login of ", "Permission denied (publickey)", "forward your ssh-agent with -A");

        string agent = await strangers.Controller.StartAgentAsync();
        var options = new ProgramOptions { Environment = new Dictionary<string, string?> { ["SSH_AUTH_SOCK"] = agent } };
        (await work.PushAsync(options, push)).ShouldExit(3);
        (await work.PushAsync(options, [.. push, "-A"])).ShouldSucceed();
        payload.IsOn(strangers.Hosts[1]).Should().BeTrue();
    }

    [FleetFact]
    public async Task Hosts_that_trust_only_the_controller_are_all_served_by_it()
    {
        await using var strangers = await Fleet.StartAsync(new FleetOptions { Hosts = 8, HostsTrustEachOther = false });
        var work = new Workplace(strangers);
        var payload = Payload.OnController(strangers, work.Name);
        var result = await work.PushAsync(Commands.Scp(payload), "-m", "2", "-s", "local", "-l", await strangers.WriteHostListAsync());
        result.ShouldSucceed();
        result.Error.Should().Contain("forward your ssh-agent with -A");
        strangers.Hosts.Should().NotBeEmpty().And.OnlyContain(h => payload.IsOn(h));
    }

    [FleetFact]
    public async Task A_failed_target_is_tried_again_as_often_as_asked()
    {
        var work = new Workplace(Fleet);
        string command = "echo once >> tries; [ $(wc -l < tries) -gt 2 ]";
        (await work.PushAsync(command, "-r", "1", "-s", "local", "-w", work.Nobody(1))).ShouldFail(3, "given up after 2 attempts");
        File.Delete(work["tries"]);
        (await work.PushAsync(command, "-r", "2", "-s", "local", "-w", work.Nobody(1))).ShouldSucceed();
    }

    [FleetFact]
    public async Task A_retry_comes_from_another_source()
    {
        var work = new Workplace(Fleet);
        string sources = $"{Fleet.Hosts[0].Endpoint},{Fleet.Hosts[1].Endpoint}";
        string command = $"test $TPUSH_SRC = {Fleet.Hosts[1].Address}";
        (await work.PushAsync(command, "-r", "1", "-s", sources, "-w", work.Nobody(1))).ShouldSucceed();
        work.LastRun.Served.Should().ContainSingle().Which.Source!.Value.Value.Should().StartWith(Fleet.Hosts[1].Address);
    }

    [FleetFact]
    public async Task The_last_lines_of_a_failed_command_are_shown()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("echo first >&2; echo second >&2; exit 7", "-s", "local", "-w", work.Nobody(1)))
            .ShouldFail(3, "exit status 7: second", "| first");
        work.LastRun.Read($"{work.Nobody(1)}_from_127.0.0.1.log").Should().Contain("first").And.Contain("second").And.Contain("exit status 7");
    }

    /// <summary>Pushes to a target that must fail and to one that must not.</summary>
    private async Task<(Workplace Work, Payload Payload)> FailOneAsync(int target, Func<Payload, string> command, params string[] texts)
    {
        var work = new Workplace(Fleet, $"fail{target}");
        var payload = Payload.OnController(Fleet, work.Name, bytes: 2_000);
        string list = work.Write("list.txt", $"{Line(target)}\n{Line(IsFine)}\n");
        var result = await work.PushAsync(command(payload), "-m", "2", "-s", "127.0.0.1", "-l", list);
        result.ShouldFail(3, [.. texts, $"{Fleet.Hosts[target].Address}:{Fleet.Hosts[target].Port}", "1 of 2 served"]);
        return (work, payload);
    }

    private string Line(int host) => $"{Fleet.Hosts[host].Address} {Fleet.Hosts[host].Port} root";

    public sealed class Hosts() : SharedFleet(new FleetOptions
    {
        Hosts = 3,
        ForHost = (index, options) => index switch
        {
            LacksRsync => options with { HiddenPrograms = ["rsync"] },
            IsFull => options with { DataTmpfsBytes = 1 << 20 },
            _ => options,
        },
    });
}
