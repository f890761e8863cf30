using TreePush.Core.Dispatching;
using TreePush.Core.Runs;
using TreePush.Engine.Tests.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Delivering;

/// <summary>Install commands at real hosts.</summary>
public sealed class InstallerTests
{
    private readonly string _marker = Marker.New();

    public static TheoryData<SshKind> Clients => SshKinds.All;

    [FleetTheory]
    [MemberData(nameof(Clients))]
    public async Task A_command_finds_the_package_by_its_variables_and_its_folder(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind);
        var package = place.Stage("-n 'pack' $(id)\nage", "content\n"u8.ToArray());
        string check = $"""
            [ "$PWD" = '{place.Inside("in")}' ] && [ "$TPUSH_DEST" = "$PWD" ] && [ "$TPUSH_FILE" = "$TPUSH_DEST/$TPUSH_PACKAGE" ] || exit 9
            echo "$TPUSH_HOST $(cat "$TPUSH_FILE")"
            """;
        (await place.InstallAsync(check, package)).Should().Be(new InstallOutcome(InstallEnd.Done, null));
        string log = place.Installer.LogOf(package, DeliveryPlace.Access(place.Machine).Host);
        (await File.ReadAllTextAsync(log)).Should().Contain($"{place.Machine.Address} content").And.Contain("# done");
        File.GetUnixFileMode(log).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [FleetFact]
    public async Task A_folder_that_is_not_known_in_full_is_below_the_home()
    {
        await using var place = await DeliveryPlace.StartAsync();
        var package = place.Stage("pack", 10);
        await place.DeliverAsync(package, "~/in/");
        var relative = new DeliveryOutcome("~/in", "~/in/pack", "size", null);
        var outcome = await place.Installer.InstallAsync(package, relative, DeliveryPlace.Access(place.Machine), "[ $PWD/pack = $TPUSH_FILE ] && [ $TPUSH_DEST = /root/in ] && [ -f pack ]", Patience.Usual, CancellationToken.None);
        outcome.Failure.Should().BeNull();
    }

    [FleetTheory]
    [InlineData("echo told; exit 7", FailureKind.CommandFailed, 7)]
    [InlineData("no-such-program", FailureKind.CommandNotFound, 127)]
    [InlineData("sh -c 'kill -9 $$'", FailureKind.CommandKilled, 137)]
    public async Task A_status_other_than_0_is_a_failure(string command, FailureKind kind, int status)
    {
        await using var place = await DeliveryPlace.StartAsync();
        var outcome = await place.InstallAsync(command);
        outcome.End.Should().Be(InstallEnd.Failed);
        (outcome.Failure!.Kind, outcome.Failure.ExitCode).Should().Be((kind, status));
        if (status == 7) outcome.Failure.Tail.Should().Equal("told");
    }

    [FleetTheory]
    [MemberData(nameof(Clients))]
    public async Task A_command_that_takes_too_long_is_ended_with_all_that_it_started(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind);
        var outcome = await place.InstallAsync($"echo begun; sleep {_marker} & sleep {_marker}", limit: TimeSpan.FromSeconds(3));
        (outcome.End, outcome.Failure!.Kind).Should().Be((InstallEnd.Failed, FailureKind.TimedOut));
        outcome.Failure.Tail.Should().Contain("begun");
        await place.Machine.WaitUntilGoneAsync(_marker, Patience.WithHeartbeats);
    }

    [FleetTheory]
    [MemberData(nameof(Clients))]
    public async Task A_command_that_is_interrupted_is_ended_and_its_outcome_is_not_known(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind);
        using var cancelled = new CancellationTokenSource();
        var installing = place.InstallAsync($"sleep {_marker}", ct: cancelled.Token);
        await place.Machine.WaitUntilRunningAsync($"sleep {_marker}", Patience.Usual);
        await cancelled.CancelAsync();
        (await installing.WaitAsync(Patience.Usual)).End.Should().Be(InstallEnd.Lost);
        await place.Machine.WaitUntilGoneAsync(_marker, Patience.WithHeartbeats);
    }

    [FleetTheory]
    [MemberData(nameof(Clients))]
    public async Task A_connection_that_is_killed_while_the_command_runs_makes_its_outcome_unknown(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind);
        var installing = place.InstallAsync($"echo 'open failed' >&2; echo run >>runs; sleep {_marker}");
        await place.Machine.WaitUntilRunningAsync($"sleep {_marker}", Patience.Usual);
        await place.Machine.KillProcessAsync(place.Machine.Processes("sshd: ")[0].Name);
        var outcome = await installing.WaitAsync(Patience.WithHeartbeats);
        (outcome.End, outcome.Failure!.Kind).Should().Be((InstallEnd.Lost, FailureKind.ConnectionLost));
        (await File.ReadAllLinesAsync(DeliveryPlace.Outside(place.Machine, "in/runs"))).Should().Equal("run");
        await place.Machine.WaitUntilGoneAsync(_marker, Patience.WithHeartbeats);
    }

    [FleetTheory]
    [MemberData(nameof(Clients))]
    public async Task Where_no_session_can_be_had_the_command_has_not_started(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind);
        var package = place.Stage("pack", 10);
        var delivered = await place.DeliverAsync(package, place.Inside("in"));
        await place.Machine.StopAsync();
        var outcome = await place.Installer.InstallAsync(package, delivered, DeliveryPlace.Access(place.Machine), "touch ran", Patience.Usual, CancellationToken.None);
        outcome.End.Should().Be(InstallEnd.NotStarted);
        await place.Machine.StartAsync();
        outcome = await place.Installer.InstallAsync(package, delivered, DeliveryPlace.Access(place.Machine), "touch ran", Patience.Usual, CancellationToken.None);
        outcome.End.Should().Be(InstallEnd.Done);
    }

    [FleetTheory]
    [InlineData(SshKind.Shared)]
    [InlineData(SshKind.Builtin)]
    public async Task A_server_that_refuses_further_sessions_runs_the_command_once_all_the_same(SshKind kind)
    {
        await using var place = await DeliveryPlace.StartAsync(kind, options: new HostOptions { MaxSessions = 1 });
        (await place.InstallAsync("echo run >>runs")).End.Should().Be(InstallEnd.Done);
        (await File.ReadAllLinesAsync(DeliveryPlace.Outside(place.Machine, "in/runs"))).Should().Equal("run");
    }

    [FleetFact]
    public async Task A_folder_that_is_gone_is_a_failure_and_nothing_is_run()
    {
        await using var place = await DeliveryPlace.StartAsync();
        var package = place.Stage("pack", 10);
        var gone = new DeliveryOutcome(place.Inside("gone"), place.Inside("gone/pack"), "sha256", null);
        var outcome = await place.Installer.InstallAsync(package, gone, DeliveryPlace.Access(place.Machine), $"touch {place.Inside("ran")}", Patience.Usual, CancellationToken.None);
        outcome.End.Should().Be(InstallEnd.Failed);
        File.Exists(DeliveryPlace.Outside(place.Machine, "ran")).Should().BeFalse();
    }
}
