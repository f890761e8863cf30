using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>One side goes silent while the connection stands, as when a cable is pulled.</summary>
public sealed class SilenceTests
{
    private readonly string _marker = Marker.New();

    [FleetFact]
    public async Task Commands_end_when_the_controller_is_not_heard_of()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        var work = new Workplace(fleet);
        await using var push = work.Start($"sleep {_marker}", "-s", fleet.Hosts[0].Endpoint, "-w", work.Nobody(1));
        await fleet.Hosts[0].WaitUntilRunningAsync(_marker, Patience.Usual);
        push.Send(Signal.Stop);
        await fleet.Hosts[0].WaitUntilGoneAsync(_marker, Patience.WithHeartbeats);
        push.Send(Signal.Continue);
        await push.Error.WaitForAsync("is set aside", Patience.Usual);
    }

    [FleetFact]
    public async Task Commands_go_on_as_long_as_the_controller_is_heard_of()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        var work = new Workplace(fleet);
        // Longer than a source waits for a sign of life: what is tested is that there are such signs.
        await using var push = work.Start($"sleep 18; : {_marker}", "-s", fleet.Hosts[0].Endpoint, "-w", work.Nobody(1));
        (await push.WaitForExitAsync()).ShouldSucceed();
    }

    [FleetFact]
    public async Task The_run_goes_on_with_others_when_a_source_freezes()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 2 });
        var work = new Workplace(fleet);
        await using var push = StartOnBoth(fleet, work, "--ssh-option", "ServerAliveInterval=1");
        await fleet.Hosts[0].WaitUntilRunningAsync(_marker, Patience.Usual);
        await fleet.Hosts[0].FreezeAsync();
        LetGo(fleet.Hosts[1]);
        (await push.WaitForExitAsync()).ShouldSucceed().Error.Should().Contain($"source {NameOf(fleet.Hosts[0])} is set aside");
        work.LastRun.Events.OfType<TransferFailed>().Should().NotBeEmpty().And.OnlyContain(e => e.Failure.Kind == FailureKind.ConnectionLost && !e.Counted);
        fleet.Hosts[0].Thaw();
        await fleet.Hosts[0].WaitUntilGoneAsync(_marker, Patience.WithHeartbeats);
    }

    [FleetFact]
    public async Task The_run_goes_on_with_others_when_a_source_goes_down()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 2 });
        var work = new Workplace(fleet);
        await using var push = StartOnBoth(fleet, work);
        await fleet.Hosts[0].WaitUntilRunningAsync(_marker, Patience.Usual);
        await fleet.Hosts[0].StopAsync();
        LetGo(fleet.Hosts[1]);
        (await push.WaitForExitAsync()).ShouldSucceed().Error.Should().Contain($"source {NameOf(fleet.Hosts[0])} is set aside");
    }

    /// <summary>The first host never comes to an end, the second waits for the file that lets it go.</summary>
    private RunningProgram StartOnBoth(Fleet fleet, Workplace work, params string[] more)
    {
        string go = Path.Combine(fleet.DataPath, _marker);
        string command = $"""if [ "$TPUSH_SRC" = {fleet.Hosts[0].Address} ]; then sleep {_marker}; else until [ -e {go} ]; do sleep 0.05; done; fi""";
        string sources = $"{fleet.Hosts[0].Endpoint},{fleet.Hosts[1].Endpoint}";
        return work.Start([command, .. more, "-m", "1", "-s", sources, "-l", work.WriteNobodies(4)]);
    }

    private void LetGo(FleetHost host) => File.WriteAllText(Path.Combine(host.DataDirectory, _marker), "");

    private static string NameOf(FleetHost host) => $"{host.Address}:{host.Port}";
}
