using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>How every <see cref="IRemoteHost"/> ends commands.</summary>
public abstract class KillConformance(ConformancePlace place)
{
    private readonly string _marker = Marker.New();

    [FleetFact]
    public Task A_killed_command_takes_its_children_and_grandchildren_along() =>
        KillAsync($"sleep {_marker} & sh -c 'sleep {_marker} & sleep {_marker}' & (sleep {_marker}; :); wait", processes: 4);

    [FleetFact]
    public Task A_command_that_will_not_hear_of_the_end_is_ended() =>
        KillAsync($"trap '' TERM INT HUP; sh -c 'trap \"\" TERM; sleep {_marker}; sleep {_marker}'; sleep {_marker}", processes: 1);

    [FleetFact]
    public async Task Killing_one_command_spares_the_others()
    {
        await using var host = await place.OpenAsync();
        using var cancelled = new CancellationTokenSource();
        string gate = place.Inside(Marker.New());
        var spared = RunAsync(host, $"until [ -e {gate} ]; do sleep 0.05; done; exit 5", CancellationToken.None);
        var killed = RunAsync(host, $"sleep {_marker}", cancelled.Token);
        await UntilRunningAsync(1);
        await cancelled.CancelAsync();
        (await killed).Status.Should().NotBe(0);
        await RunAsync(host, $"touch {gate}", CancellationToken.None);
        (await spared).Status.Should().Be(5);
    }

    [FleetFact]
    public async Task What_a_command_leaves_behind_on_purpose_is_not_waited_for()
    {
        string daemon = $"setsid sleep {_marker} </dev/null >/dev/null 2>&1 & exit 0";
        await using var host = await place.OpenAsync();
        (await RunAsync(host, daemon, CancellationToken.None)).Status.Should().Be(0);
        await UntilRunningAsync(1);
        await RunAsync(host, $"pkill -f 'sleep {_marker}'", CancellationToken.None);
    }

    /// <summary>It is out of reach of signals and holds the command's output, so that this never ends by itself.</summary>
    [FleetFact]
    public async Task What_a_command_left_behind_cannot_keep_it_from_being_killed()
    {
        await using var host = await place.OpenAsync();
        using var cancelled = new CancellationTokenSource();
        var running = RunAsync(host, $"setsid sleep {_marker} & sleep {_marker}", cancelled.Token);
        await UntilRunningAsync(2);
        await cancelled.CancelAsync();
        (await running.WaitAsync(Patience.Usual)).Status.Should().NotBe(0);
        await RunAsync(host, $"pkill -f 'sleep {_marker}'", CancellationToken.None);
    }

    private async Task KillAsync(string command, int processes)
    {
        await using var host = await place.OpenAsync();
        using var cancelled = new CancellationTokenSource();
        var running = RunAsync(host, command, cancelled.Token);
        await UntilRunningAsync(processes);
        await cancelled.CancelAsync();
        (await running).Status.Should().NotBe(0);
        await ConformancePlace.UntilAsync(() => place.Running($"sleep {_marker}") == 0, "the command still runs");
    }

    private Task UntilRunningAsync(int processes) =>
        ConformancePlace.UntilAsync(() => place.Running($"sleep {_marker}") >= processes, "the command does not run");

    private static Task<RemoteExit> RunAsync(IRemoteHost host, string command, CancellationToken ct) =>
        host.RunAsync(new RemoteCommand(command, new Dictionary<string, string>()), _ => { }, ct);
}
