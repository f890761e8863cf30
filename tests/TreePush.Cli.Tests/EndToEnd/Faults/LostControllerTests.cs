using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>However the controller ends, nothing goes on without it, nothing half written has a final name, and the next run goes on from there.</summary>
[Collection(FaultyFleet.Name)]
public sealed class LostControllerTests(FaultyFleet fleet)
{
    /// <summary>A piece may be half written when its relay ends.</summary>
    private const int Slack = 300_000;

    private readonly IReadOnlyList<FleetHost> _targets = [.. fleet.Fleet.Hosts.Take(4)];

    [PrivateFleetTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_killed_controller_the_next_run_sends_only_what_is_missing(bool resumes)
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        await using (var run = await sync.StartAsync(_targets))
        {
            await sync.WaitUntilUnderWayAsync(_targets, run);
            run.Kill();
        }

        await sync.HurryAsync();
        await sync.WaitUntilNothingRunsAsync();
        var kept = await sync.ShouldHaveNothingHalfWrittenAsync(_targets);
        kept.Values.Should().NotBeEmpty().And.OnlyContain(b => b > 0 && b < FaultySync.Size);
        (await (resumes ? sync.Work.PushAsync("--resume", "last") : sync.RunAsync(_targets))).ShouldSucceed();
        await sync.ShouldBeWholeOnAsync(_targets);
        foreach (var host in _targets) sync.ReceiptOf(host).Received.Should().BeInRange(FaultySync.Size - kept[host], FaultySync.Size - kept[host] + Slack);
    }

    [PrivateFleetFact]
    public async Task Ctrl_c_lets_hosts_under_way_end_and_a_second_one_ends_them()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        await using var run = await sync.StartAsync(_targets);
        await sync.WaitUntilUnderWayAsync(_targets, run);
        run.SendToGroup(Signal.Interrupt);
        await run.Error.WaitForAsync("stopping", Patience.Usual);
        _targets.Should().NotBeEmpty().And.OnlyContain(t => t.IsRunning(FaultySync.Relay));
        run.SendToGroup(Signal.Interrupt);
        (await run.WaitForExitAsync()).ShouldFail(130, "stopping now", "--resume");
        await sync.WaitUntilNothingRunsAsync();
        await sync.ShouldHaveNothingHalfWrittenAsync(_targets);

        await using var resumed = sync.Work.Start("--resume", "last");
        int begun = sync.Events.OfType<HostLinked>().Count();
        await Wait.UntilAsync(
            () => sync.Events.OfType<HostLinked>().Count() >= begun + _targets.Count, Patience.Usual, () => resumed.Error.Text);
        resumed.SendToGroup(Signal.Interrupt);
        await resumed.Error.WaitForAsync("stopping", Patience.Usual);
        await sync.HurryAsync();
        (await resumed.WaitForExitAsync()).ExitCode.Should().Be(130);
        await sync.WaitUntilNothingRunsAsync();
        await sync.ShouldHaveNothingHalfWrittenAsync(_targets);
    }

    [PrivateFleetTheory]
    [InlineData(Signal.Terminate, 143)]
    [InlineData(Signal.Hangup, 129)]
    public async Task A_controller_that_is_told_to_end_ends_all_relays(Signal signal, int code)
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        await using var run = await sync.StartAsync(_targets);
        await sync.WaitUntilUnderWayAsync(_targets, run);
        run.Send(signal);
        (await run.WaitForExitAsync()).ShouldExit(code);
        await sync.WaitUntilNothingRunsAsync();
        await sync.ShouldHaveNothingHalfWrittenAsync(_targets);
        sync.Events.OfType<TargetFailed>().Should().NotBeEmpty().And.OnlyContain(f => f.Failure.Kind == FailureKind.Interrupted);
    }

    [PrivateFleetFact]
    [Trait("SshClient", "openssh")]
    public async Task Relays_go_on_while_the_controller_is_stopped_for_a_while()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        await using var run = await sync.StartAsync(_targets);
        await sync.WaitUntilUnderWayAsync(_targets, run);
        run.Send(Signal.Stop);
        await sync.HurryAsync();
        try
        {
            await Wait.UntilAsync(
                () => _targets.All(t => File.Exists(Path.Combine(sync.CopyOn(t), "second"))), Patience.Usual, () => "the files did not arrive");
        }
        finally
        {
            run.Send(Signal.Continue);
        }

        (await run.WaitForExitAsync()).ShouldSucceed();
        await sync.ShouldBeWholeOnAsync(_targets);
    }
}
