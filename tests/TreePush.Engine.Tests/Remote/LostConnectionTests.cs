using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>What a host over ssh tells of its connection.</summary>
public sealed class LostConnectionTests
{
    private readonly string _marker = Marker.New();

    public static TheoryData<SshKind> Kinds => SshKinds.All;

    public static TheoryData<SshKind> Standing => SshKinds.Standing;

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_connection_that_is_lost_gives_no_status(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = kind.NewDriver(fleet);
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        var running = host.RunAsync($"sleep {_marker}");
        await fleet.Hosts[0].WaitUntilRunningAsync($"sleep {_marker}", Patience.Usual);
        await fleet.Hosts[0].StopAsync();
        var exit = await running.WaitAsync(Patience.Usual);
        exit.Status.Should().BeNull();
        exit.Loss!.Kind.Should().Be(FailureKind.ConnectionLost);
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_program_whose_connection_is_lost_ends_and_tells_so(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = kind.NewDriver(fleet);
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        await using var program = await host.OpenProgramAsync(_ => { }, CancellationToken.None);
        // Not the whole host: its shell could be killed first, and the server would still say so.
        await fleet.Hosts[0].KillProcessAsync("sshd");
        var exit = await program.Ended.WaitAsync(Patience.Usual);
        exit.Status.Should().BeNull();
        exit.Loss!.Kind.Should().Be(FailureKind.ConnectionLost);
        (await program.Output.ReadAsync(new byte[1])).Should().Be(0);
    }

    [FleetTheory]
    [MemberData(nameof(Standing))]
    public async Task A_connection_that_is_lost_is_told(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = kind.NewDriver(fleet);
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        host.Lost.IsCompleted.Should().BeFalse();
        await fleet.Hosts[0].StopAsync();
        (await host.Lost.WaitAsync(Patience.Usual)).Kind.Should().Be(FailureKind.ConnectionLost);
    }

    [FleetTheory]
    [MemberData(nameof(Standing))]
    public async Task A_host_that_falls_silent_is_lost(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = kind.NewDriver(fleet);
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        await fleet.Hosts[0].FreezeAsync();
        (await host.Lost.WaitAsync(Patience.WithHeartbeats)).Kind.Should().Be(FailureKind.ConnectionLost);
        await host.DisposeAsync().AsTask().WaitAsync(Patience.Usual);
    }

    [FleetFact]
    public async Task A_host_that_owes_an_answer_is_closed_without_waiting_for_it()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        var host = await OpenOwingAsync(fleet);
        await host.DisposeAsync().AsTask().WaitAsync(Patience.Usual);
        host.Lost.IsCompleted.Should().BeFalse();
    }

    [FleetFact]
    public async Task A_program_is_not_waited_for_longer_than_its_caller_wants_to()
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        var host = await OpenOwingAsync(fleet);
        using var cancelled = new CancellationTokenSource();
        var opening = host.OpenProgramAsync(_ => { }, cancelled.Token);
        opening.IsCompleted.Should().BeFalse();
        await cancelled.CancelAsync();
        await opening.Awaiting(o => o.WaitAsync(Patience.Usual)).Should().ThrowAsync<OperationCanceledException>();
        await host.DisposeAsync();
    }

    [FleetTheory]
    [MemberData(nameof(Standing))]
    public async Task A_connection_that_was_closed_is_not_lost(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = kind.NewDriver(fleet);
        var host = await driver.OpenAsync(fleet.Hosts[0]);
        await host.DisposeAsync();
        host.Lost.IsCompleted.Should().BeFalse();
        await fleet.Hosts[0].WaitUntilGoneAsync("sshd: root", Patience.Usual);
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_host_that_is_closed_in_the_middle_ends_what_runs(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = kind.NewDriver(fleet);
        var host = await driver.OpenAsync(fleet.Hosts[0]);
        var program = await host.OpenProgramAsync(_ => { }, CancellationToken.None);
        await program.Input.WriteAsync("cat\n"u8.ToArray());
        await program.Input.FlushAsync();
        await fleet.Hosts[0].WaitUntilRunningAsync("cat", Patience.Usual);
        await program.DisposeAsync();
        await host.DisposeAsync().AsTask().WaitAsync(Patience.Usual);
        await fleet.Hosts[0].WaitUntilGoneAsync("sshd: root", Patience.Usual);
    }

    [FleetTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_file_whose_connection_is_cut_is_not_there(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var driver = kind.NewDriver(fleet);
        await using var host = await driver.OpenAsync(fleet.Hosts[0]);
        await using var content = new GatedStream("half"u8.ToArray(), "rest"u8.ToArray());
        var copying = host.CopyInAsync(content, new FileCopy(fleet.DataPath, "file", content.Length), CancellationToken.None);
        await Wait.UntilAsync(() => Directory.GetFiles(fleet.Hosts[0].DataDirectory).Length > 0, Patience.Usual, () => "it did not begin");
        await fleet.Hosts[0].StopAsync();
        content.Open();
        await copying.Awaiting(c => c).Should().ThrowAsync<RemoteException>();
        File.Exists(Path.Combine(fleet.Hosts[0].DataDirectory, "file")).Should().BeFalse();
    }

    /// <summary>A host that was asked for a sign of life, and is frozen, while time stands still.</summary>
    private static async Task<IRemoteHost> OpenOwingAsync(Fleet fleet)
    {
        var time = new ManualTime();
        await using var driver = SshKind.Builtin.NewDriver(fleet, time: time);
        var host = await driver.OpenAsync(fleet.Hosts[0]);
        await fleet.Hosts[0].FreezeAsync();
        int before = time.Pending;
        time.Pass(TimeSpan.FromSeconds(5));
        await Wait.UntilAsync(() => time.Pending > before, Patience.Usual, () => "it was not asked");
        return host;
    }
}
