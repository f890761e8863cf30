using TreePush.Core.Broadcasting;
using TreePush.Core.Pushing;
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
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync([null]);
        await using (var run = await broadcast.StartAsync(_targets))
        {
            await broadcast.WaitUntilUnderWayAsync(_targets, run);
            run.Kill();
        }

        await broadcast.HurryAsync();
        await broadcast.WaitUntilNothingRunsAsync();
        var kept = await broadcast.ShouldHaveNothingHalfWrittenAsync(_targets);
        kept.Values.Should().NotBeEmpty().And.OnlyContain(b => b > 0 && b < Broadcast.Size);
        (await (resumes ? broadcast.Work.PushAsync("--resume", "last") : broadcast.RunAsync(_targets))).ShouldSucceed();
        await broadcast.ShouldBeWholeOnAsync(_targets);
        foreach (var host in _targets) broadcast.ReceiptOf(host).Received.Should().BeInRange(Broadcast.Size - kept[host], Broadcast.Size - kept[host] + Slack);
    }

    [PrivateFleetFact]
    public async Task Ctrl_c_lets_hosts_under_way_end_and_a_second_one_ends_them()
    {
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync([null]);
        await using var run = await broadcast.StartAsync(_targets);
        await broadcast.WaitUntilUnderWayAsync(_targets, run);
        run.SendToGroup(Signal.Interrupt);
        await run.Error.WaitForAsync("stopping", Patience.Usual);
        _targets.Should().NotBeEmpty().And.OnlyContain(t => t.IsRunning(Broadcast.Relay));
        run.SendToGroup(Signal.Interrupt);
        (await run.WaitForExitAsync()).ShouldFail(130, "ending", "--resume");
        await broadcast.WaitUntilNothingRunsAsync();
        await broadcast.ShouldHaveNothingHalfWrittenAsync(_targets);

        await using var resumed = broadcast.Work.Start("--resume", "last");
        int begun = broadcast.Events.OfType<HostLinked>().Count();
        await Wait.UntilAsync(
            () => broadcast.Events.OfType<HostLinked>().Count() >= begun + _targets.Count, Patience.Usual, () => resumed.Error.Text);
        resumed.SendToGroup(Signal.Interrupt);
        await resumed.Error.WaitForAsync("stopping", Patience.Usual);
        await broadcast.HurryAsync();
        (await resumed.WaitForExitAsync()).ExitCode.Should().Be(130);
        await broadcast.WaitUntilNothingRunsAsync();
        await broadcast.ShouldHaveNothingHalfWrittenAsync(_targets);
    }

    [PrivateFleetTheory]
    [InlineData(Signal.Terminate, 143)]
    [InlineData(Signal.Hangup, 129)]
    public async Task A_controller_that_is_told_to_end_ends_all_relays(Signal signal, int code)
    {
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync([null]);
        await using var run = await broadcast.StartAsync(_targets);
        await broadcast.WaitUntilUnderWayAsync(_targets, run);
        run.Send(signal);
        (await run.WaitForExitAsync()).ShouldExit(code);
        await broadcast.WaitUntilNothingRunsAsync();
        await broadcast.ShouldHaveNothingHalfWrittenAsync(_targets);
        broadcast.Events.OfType<TargetFailed>().Should().NotBeEmpty().And.OnlyContain(f => f.Failure.Kind == FailureKind.Interrupted);
    }

    [PrivateFleetFact]
    public async Task Relays_go_on_while_the_controller_is_stopped_for_a_while()
    {
        var broadcast = new Broadcast(fleet.Fleet);
        await broadcast.MakeSourceAsync([null]);
        await using var run = await broadcast.StartAsync(_targets);
        await broadcast.WaitUntilUnderWayAsync(_targets, run);
        run.Send(Signal.Stop);
        await broadcast.HurryAsync();
        try
        {
            await Wait.UntilAsync(
                () => _targets.All(t => File.Exists(Path.Combine(broadcast.CopyOn(t), "second"))), Patience.Usual, () => "the files did not arrive");
        }
        finally
        {
            run.Send(Signal.Continue);
        }

        (await run.WaitForExitAsync()).ShouldSucceed();
        await broadcast.ShouldBeWholeOnAsync(_targets);
    }
}
