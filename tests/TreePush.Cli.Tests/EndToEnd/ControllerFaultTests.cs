using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>What is wrong on the controller itself: exit 1.</summary>
public sealed class ControllerFaultTests(ControllerFaultTests.Hosts hosts) : IClassFixture<ControllerFaultTests.Hosts>
{
    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public async Task A_log_folder_that_cannot_be_written_is_told()
    {
        var work = new Workplace(Fleet);
        work.Write("taken", "this is a file");
        (await work.PushAsync("true", "-s", "local", "-w", "a", "--logdir", "taken"))
            .ShouldFail(1, "the log folder taken can't be written", "hint: --logdir names another one");
    }

    [FleetFact]
    public async Task Without_ssh_the_builtin_client_takes_its_place()
    {
        var work = new Workplace(Fleet);
        (await PushWithoutSshAsync(Fleet, work, [])).ShouldSucceed();
        (await PushWithoutSshAsync(Fleet, work, ["--ssh-client", "openssh"])).ShouldFail(1, "there is no ssh on this machine", "or --ssh-client builtin");
        (await PushWithoutSshAsync(Fleet, work, ["-A", "--ssh-option", "Compression=yes"])).ShouldFail(2, "-A: the builtin ssh client has no agent to lend", "does not know 'compression'", "hint: --ssh-client openssh can");
    }

    [FleetFact]
    public async Task A_report_in_a_folder_that_is_not_there_is_told_before_the_run()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("touch ran", "-s", "local", "-w", "a", "--report", "gone/report.html")).ShouldFail(2, "--report: there is no folder");
        File.Exists(work["ran"]).Should().BeFalse();
    }

    private static Task<ProgramResult> PushWithoutSshAsync(Fleet fleet, Workplace work, string[] options)
    {
        string[] needed = ["sh", "setsid"];
        Directory.CreateDirectory(work["bin"]);
        foreach (string program in needed) File.Delete(work[$"bin/{program}"]);
        foreach (string program in needed) File.CreateSymbolicLink(work[$"bin/{program}"], $"/usr/bin/{program}");
        string[] arguments = [$"PATH={work["bin"]}", Workplace.Program, "true", "-s", fleet.Hosts[0].Endpoint, "-w", "a", .. options];
        return fleet.Controller.RunAsync("env", arguments, new ProgramOptions { WorkingDirectory = work.Directory });
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 1 });
}
