using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>Shared connections to real servers.</summary>
public sealed class SharedLoginTests
{
    public static TheoryData<SshKind> Standing => SshKinds.Standing;

    [FleetTheory]
    [MemberData(nameof(Standing))]
    public async Task Programs_commands_and_files_of_many_leases_cost_one_login(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var pool = new HostConnections(kind.NewDriver(fleet), TimeProvider.System);
        for (int i = 0; i < 5; i++)
        {
            await using var lease = await pool.OpenAsync(fleet.Hosts[0]);
            await using var program = await lease.OpenProgramAsync(_ => { }, CancellationToken.None);
            (await lease.RunAsync("exit 3")).Status.Should().Be(3);
        }

        (await LoginsAsync(fleet.Hosts[0])).Should().Be(1);
    }

    [FleetTheory]
    [MemberData(nameof(Standing))]
    public async Task A_connection_whose_session_processes_are_killed_is_replaced(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var pool = new HostConnections(kind.NewDriver(fleet), TimeProvider.System);
        await using var lease = await pool.OpenAsync(fleet.Hosts[0]);
        await fleet.Hosts[0].KillProcessAsync(fleet.Hosts[0].Processes("sshd: ")[0].Name);
        await lease.Lost.WaitAsync(Patience.Usual);
        await using var next = await pool.OpenAsync(fleet.Hosts[0]);
        (await next.RunAsync("exit 3")).Status.Should().Be(3);
        (await LoginsAsync(fleet.Hosts[0])).Should().Be(2);
    }

    [FleetTheory]
    [MemberData(nameof(Standing))]
    public async Task A_connection_that_has_carried_many_ways_gets_no_further_leases(SshKind kind)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1 });
        await using var pool = new HostConnections(kind.NewDriver(fleet), TimeProvider.System);
        using var server = new Greeter("here");
        var lease = await pool.OpenAsync(fleet.Hosts[0]);
        int way = 0;
        for (int i = 0; i < HostConnections.MostForwards; i++) way = await lease.ForwardToHereAsync(server.End, CancellationToken.None);
        await using var next = await pool.OpenAsync(fleet.Hosts[0]);
        (await Greeter.HearAsync(way)).Should().Be("here");
        await lease.DisposeAsync();
        await Wait.UntilAsync(() => !Greeter.Listens(way), Patience.Usual, () => "the way still stands");
        (await next.RunAsync("exit 3")).Status.Should().Be(3);
    }

    internal static async Task<int> LoginsAsync(FleetHost host) =>
        (await host.ReadLogAsync()).Split('\n').Count(line => line.Contains("Accepted ", StringComparison.Ordinal));
}
