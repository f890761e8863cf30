using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>Standard streams that are closed, full, or no longer read: the run goes on, and the exit code tells that results are lost.</summary>
public sealed class StandardStreamsTests(StandardStreamsTests.Hosts hosts) : IClassFixture<StandardStreamsTests.Hosts>
{
    private Fleet Fleet => hosts.Fleet;

    [FleetTheory]
    [InlineData("", 0)]
    [InlineData("<&-", 0)]
    [InlineData(">&-", 1)]
    [InlineData("2>&-", 0)]
    [InlineData("<&- >&-", 1)]
    [InlineData("<&- 2>&-", 0)]
    [InlineData(">&- 2>&-", 1)]
    [InlineData("<&- >&- 2>&-", 1)]
    [InlineData(">/dev/full", 1)]
    [InlineData("2>/dev/full", 0)]
    public async Task Whatever_is_closed_hosts_are_served_and_lost_results_are_told(string redirections, int expected)
    {
        var work = new Workplace(Fleet);
        string source = work.Write("file", "content");
        string list = await Fleet.WriteHostListAsync();
        string[][] commands =
        [
            ["--version"], ["--help"], ["plan", "--hosts", "9", "--size", "1G", "--rate", "1Gbit"], ["touch pushed", "-s", "local", "-w", work.Nobody(1)],
            ["touch jsoned", "--json", "-s", "local", "-w", work.Nobody(1)], ["sync", source, $"{Fleet.DataPath}/{work.Name}", "-l", list],
        ];
        foreach (string[] command in commands)
        {
            var result = (await RunAsync(work, redirections, command)).ShouldExit(expected);
            result.Error.Should().NotContain("defect of treepush");
            if (expected == 1 && !redirections.Contains("2>", StringComparison.Ordinal)) result.Error.Should().Contain("standard output could not be written");
        }

        File.Exists(work["pushed"]).Should().BeTrue();
        File.Exists(work["jsoned"]).Should().BeTrue();
        File.ReadAllText(Path.Combine(Fleet.Hosts[0].DataDirectory, work.Name)).Should().Be("content");
    }

    [FleetFact]
    public async Task A_list_from_a_closed_standard_input_is_an_empty_one()
    {
        var work = new Workplace(Fleet);
        (await RunAsync(work, "<&-", "true", "-s", "local", "-l", "-")).ShouldFail(2, "hint");
    }

    [FleetFact]
    public async Task Hosts_that_were_not_served_are_the_graver_news()
    {
        var work = new Workplace(Fleet);
        (await RunAsync(work, ">/dev/full", "false", "-r", "0", "-s", "local", "-w", work.Nobody(1))).ShouldFail(3, "standard output could not be written: No space left");
    }

    [FleetFact]
    public async Task A_reader_that_leaves_changes_nothing()
    {
        var work = new Workplace(Fleet);
        (await RunAsync(work, "| head -n 1; exit ${PIPESTATUS[0]}", "sleep 0.1", "--json", "-m", "1", "-s", "local", "-l", work.WriteNobodies(5)))
            .ShouldSucceed().Output.Should().Contain("run_started");
        work.Events.OfType<Core.Runs.TargetServed>().Should().HaveCount(5);
    }

    [FleetFact]
    public async Task Programs_that_are_started_keep_the_usual_signals()
    {
        var work = new Workplace(Fleet);
        (await RunAsync(work, "<&-", "grep SigIgn /proc/self/status > signals", "-s", "local", "-w", work.Nobody(1))).ShouldSucceed();
        (await work.PushAsync("grep SigIgn /proc/self/status > usual", "-s", "local", "-w", work.Nobody(1))).ShouldSucceed();
        File.ReadAllText(work["signals"]).Should().Be(File.ReadAllText(work["usual"]));
    }

    private Task<ProgramResult> RunAsync(Workplace work, string redirections, params string[] arguments) => Fleet.Controller.RunAsync(
        "bash", ["-c", $"\"$0\" \"$@\" {redirections}", Workplace.Program, .. arguments],
        new ProgramOptions { WorkingDirectory = work.Directory, Environment = new Dictionary<string, string?> { ["XDG_RUNTIME_DIR"] = work.RuntimeDirectory } });

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 1 });
}
