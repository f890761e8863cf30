using TreePush.Core.Pushing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>However a run ends, its commands end with it, on this machine and on others.</summary>
public sealed class NothingLeftRunningTests(NothingLeftRunningTests.Hosts hosts) : IClassFixture<NothingLeftRunningTests.Hosts>
{
    private readonly string _marker = Marker.New();

    private Fleet Fleet => hosts.Fleet;

    private FleetHost Source => Fleet.Hosts[0];

    /// <summary>A command with children and grandchildren, one of which will not hear of the end.</summary>
    private string LongCommand => $"sleep {_marker} & sh -c 'trap \"\" TERM; sleep {_marker}; :' & sh -c 'sleep {_marker} & wait'";

    [FleetFact]
    public async Task A_killed_controller_leaves_nothing_on_a_source()
    {
        await using var push = Start();
        await Source.WaitUntilRunningAsync(_marker, Patience.Usual);
        push.Kill();
        await Source.WaitUntilGoneAsync(_marker, Patience.WithHeartbeats);
    }

    [FleetFact]
    public async Task A_killed_controller_leaves_nothing_on_its_own_machine()
    {
        var work = new Workplace(Fleet);
        await using var push = work.Start(LongCommand, "-s", "local", "-w", work.Nobody(1));
        await work.WaitUntilRunsHereAsync($"sleep {_marker}");
        push.Kill();
        await work.WaitUntilGoneHereAsync($"sleep {_marker}");
    }

    [FleetFact]
    public async Task Ctrl_c_lets_running_transfers_end_and_starts_no_more()
    {
        var work = new Workplace(Fleet);
        string go = Path.Combine(Fleet.DataPath, work.Name);
        string command = $"until [ -e {go} ]; do sleep 0.05; done; : {_marker}";
        await using var push = work.Start(command, "-m", "1", "-s", Source.Endpoint, "-l", work.WriteNobodies(3));
        await work.WaitForAsync<TransferStarted>(1, push);
        push.SendToGroup(Signal.Interrupt);
        await push.Error.WaitForAsync("stopping", Patience.Usual);
        await File.WriteAllTextAsync(Path.Combine(Source.DataDirectory, work.Name), "");
        (await push.WaitForExitAsync()).ShouldFail(130, "1 of 3 served", "interrupted", "--resume");
        work.LastRun.Events.OfType<TransferStarted>().Should().ContainSingle();
    }

    [FleetTheory]
    [InlineData("local", "sh -c")]
    [InlineData("host", "ProxyCommand=exit 255")]
    [Trait("SshClient", "openssh")]
    public async Task Ctrl_c_does_not_end_a_transfer_that_is_just_being_started(string source, string words)
    {
        var work = new Workplace(Fleet);
        string[] options = ["-m", "1", "-s", source == "local" ? source : Source.Endpoint, "-l", work.WriteNobodies(3)];
        await using var push = work.Start(Shim.LateSession(work, words), ["true", .. options]);
        await Wait.UntilAsync(() => File.Exists(work["waiting"]), Patience.Usual, () => "no transfer was started");
        push.SendToGroup(Signal.Interrupt);
        await push.Error.WaitForAsync("stopping", Patience.Usual);
        work.Write("go", "");
        (await push.WaitForExitAsync()).ShouldFail(130, "1 of 3 served", "interrupted");
    }

    [FleetFact]
    public async Task A_second_ctrl_c_ends_running_transfers()
    {
        await using var push = Start();
        await Source.WaitUntilRunningAsync(_marker, Patience.Usual);
        push.SendToGroup(Signal.Interrupt);
        await push.Error.WaitForAsync("stopping", Patience.Usual);
        Source.IsRunning(_marker).Should().BeTrue();
        push.SendToGroup(Signal.Interrupt);
        (await push.WaitForExitAsync()).ShouldFail(130, "ending all transfers");
        await Source.WaitUntilGoneAsync(_marker, Patience.Usual);
    }

    [FleetFact]
    public async Task A_ctrl_c_that_cuts_nothing_off_is_a_success()
    {
        var work = new Workplace(Fleet);
        await using var push = work.Start("until [ -e go ]; do sleep 0.05; done", "-s", "local", "-w", work.Nobody(1));
        await work.WaitForAsync<TransferStarted>(1, push);
        push.SendToGroup(Signal.Interrupt);
        await push.Error.WaitForAsync("stopping", Patience.Usual);
        work.Write("go", "");
        (await push.WaitForExitAsync()).ShouldSucceed().Error.Should().Contain("1 of 1 served").And.NotContain("interrupted");
    }

    [FleetTheory]
    [InlineData(Signal.Terminate, 143)]
    [InlineData(Signal.Hangup, 129)]
    public async Task A_controller_that_is_told_to_end_ends_its_transfers(Signal signal, int code)
    {
        await using var push = Start();
        await Source.WaitUntilRunningAsync(_marker, Patience.Usual);
        push.Send(signal);
        (await push.WaitForExitAsync()).ShouldExit(code);
        await Source.WaitUntilGoneAsync(_marker, Patience.Usual);
    }

    [FleetFact]
    public async Task A_transfer_that_takes_too_long_is_ended()
    {
        var work = new Workplace(Fleet);
        var result = await work.PushAsync(LongCommand, "--timeout", "1s", "-s", Source.Endpoint, "-w", work.Nobody(1));
        result.ShouldFail(3, "took longer than 1 s and was ended", "hint: --timeout");
        await Source.WaitUntilGoneAsync(_marker, Patience.Usual);
    }

    [FleetFact]
    [Trait("SshClient", "openssh")]
    public async Task After_a_run_no_connection_and_no_socket_stays()
    {
        var work = new Workplace(Fleet);
        string before = Sockets(work);
        (await work.PushAsync("-d", "true", "-s", Source.Endpoint, "-w", work.Nobody(1)))
            .ShouldSucceed().Error.Should().Contain($"ControlPath={work.RuntimeDirectory}/treepush-");
        Fleet.Controller.Processes("ControlMaster").Should().BeEmpty();
        Sockets(work).Should().Be(before);
    }

    private static string Sockets(Workplace work) =>
        string.Join('\n', Directory.GetFileSystemEntries(work.RuntimeDirectory, "*", SearchOption.AllDirectories).Order());

    private RunningProgram Start()
    {
        var work = new Workplace(Fleet);
        return work.Start(LongCommand, "-s", Source.Endpoint, "-w", work.Nobody(1));
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 1 });
}
