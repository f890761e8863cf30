using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>A run that was cut short goes on where it was.</summary>
public sealed class ResumeTests(ResumeTests.Hosts hosts) : IClassFixture<ResumeTests.Hosts>
{
    private readonly string _marker = Marker.New();

    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public async Task A_killed_run_is_resumed_and_nobody_is_served_twice()
    {
        var work = new Workplace(Fleet);
        Open(Fleet.Hosts.Take(3));
        await using (var push = work.Start(Gated, "-s", "local", "-l", await Fleet.WriteHostListAsync()))
        {
            await work.WaitForAsync<TargetServed>(3, push);
            push.Kill();
        }

        await NothingRunsAsync();
        Open(Fleet.Hosts);
        var resumed = (await work.PushAsync("--resume", "last")).ShouldSucceed();
        resumed.Error.Should().Contain("6 targets, 3 of them served before").And.Contain("6 of 6 served");
        resumed.Output.Should().Contain("succeeded (6)");
        Fleet.Hosts.Select(Visits).Should().NotBeEmpty().And.OnlyContain(v => v == 1);
    }

    [FleetFact]
    public async Task Hosts_served_before_are_sources_of_a_resumed_run()
    {
        var work = new Workplace(Fleet);
        string command = $"""[ "$TPUSH_SRC" != 127.0.0.1 ] || [ $TPUSH_PORT = {Fleet.Hosts[0].Port} ] || exit 9""";
        string list = await Fleet.WriteHostListAsync(Fleet.Hosts.Take(2));
        (await work.PushAsync(command, "-m", "1", "-s", "local", "-l", list)).ExitCode.Should().BeOneOf(0, 3);
        (await work.PushAsync("--resume", "last", "-r", "5")).ShouldSucceed();
        work.LastRun.Served[^1].Source!.Value.Value.Should().Be($"{Fleet.Hosts[0].Address}:{Fleet.Hosts[0].Port}");
    }

    [FleetFact]
    public async Task A_run_that_is_going_on_is_not_resumed()
    {
        var work = new Workplace(Fleet);
        await using var push = work.Start($"sleep {_marker}", "-s", "local", "-w", work.Nobody(1));
        await work.WaitUntilRunsHereAsync($"sleep {_marker}");
        (await work.PushAsync("--resume", "last")).ShouldFail(2, "is still going on", "hint: wait for it to end");
    }

    [FleetFact]
    public async Task A_run_is_not_resumed_twice_at_once()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync($"test -e tried || {{ touch tried; exit 1; }}; sleep {_marker}", "-s", "local", "-w", work.Nobody(1))).ShouldExit(3);
        await using var resumed = work.Start("--resume", "last");
        await work.WaitUntilRunsHereAsync($"sleep {_marker}");
        (await work.PushAsync("--resume", "last")).ShouldFail(2, "is still going on", "hint: wait for it to end");
        resumed.HasExited.Should().BeFalse();
    }

    [FleetFact]
    public async Task Without_any_run_there_is_nothing_to_resume() =>
        (await new Workplace(Fleet).PushAsync("--resume", "last")).ShouldFail(2, "there is no run in logs yet", "hint: --logdir");

    [FleetFact]
    public async Task An_unknown_run_is_not_resumed() =>
        (await new Workplace(Fleet).PushAsync("--resume", "20200101-000000-abcd")).ShouldFail(2, "there is no run '20200101-000000-abcd'", "hint: ");

    [FleetFact]
    public async Task A_resumed_run_takes_no_other_command()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("false", "-s", "local", "-w", work.Nobody(1))).ShouldExit(3);
        (await work.PushAsync("true", "--resume", "last")).ShouldFail(2, "has its command and its targets already", "hint: omit them");
    }

    [FleetFact]
    public async Task A_run_that_served_all_has_nothing_left_to_do()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("echo once >> count", "-s", "local", "-w", work.Nobody(1))).ShouldSucceed();
        (await work.PushAsync("--resume", "last")).ShouldSucceed();
        File.ReadAllLines(work["count"]).Should().ContainSingle();
    }

    /// <summary>Waits until the target's gate is open, then leaves a line there.</summary>
    private string Gated
    {
        get
        {
            string ssh = "ssh -o StrictHostKeyChecking=no -p $TPUSH_PORT $TPUSH_USER@$TPUSH_HOST";
            string gate = Path.Combine(Fleet.DataPath, _marker);
            return $"until {ssh} test -e {gate}; do sleep 0.{_marker[5..]}; done; {ssh} 'echo served >> {gate}-visits'";
        }
    }

    private void Open(IEnumerable<FleetHost> gates)
    {
        foreach (var host in gates) File.WriteAllText(Path.Combine(host.DataDirectory, _marker), "");
    }

    private static int Lines(string path) => File.Exists(path) ? File.ReadAllLines(path).Length : 0;

    private int Visits(FleetHost host) => Lines(Path.Combine(host.DataDirectory, $"{_marker}-visits"));

    private Task NothingRunsAsync()
    {
        string[] marks = [_marker, $"0.{_marker[5..]}"];
        return Wait.UntilAsync(
            () => marks.All(m => Fleet.Controller.Processes(m).Count == 0 && Fleet.Hosts.All(h => !h.IsRunning(m))),
            Patience.WithHeartbeats, () => "the killed run's commands still run");
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 6 });
}
