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
    public async Task Without_ssh_no_host_can_be_reached()
    {
        var work = new Workplace(Fleet);
        string[] needed = ["sh", "setsid"];
        Directory.CreateDirectory(work["bin"]);
        foreach (string program in needed) File.CreateSymbolicLink(work[$"bin/{program}"], $"/usr/bin/{program}");
        string[] arguments = [$"PATH={work["bin"]}", Workplace.Program, "true", "-s", Fleet.Hosts[0].Endpoint, "-w", "a"];
        (await Fleet.Controller.RunAsync("env", arguments, new ProgramOptions { WorkingDirectory = work.Directory }))
            .ShouldFail(1, "there is no ssh on this machine", "hint: install the OpenSSH client");
    }

    [FleetFact]
    public async Task A_report_in_a_folder_that_is_not_there_is_told_before_the_run()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("touch ran", "-s", "local", "-w", "a", "--report", "gone/report.html")).ShouldFail(2, "--report: there is no folder");
        File.Exists(work["ran"]).Should().BeFalse();
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 1 });
}
