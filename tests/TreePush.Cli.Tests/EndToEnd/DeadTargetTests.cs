using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>Targets that are down, among some that are not.</summary>
public sealed class DeadTargetTests(DeadTargetTests.Hosts hosts) : IClassFixture<DeadTargetTests.Hosts>
{
    private const int Dead = 20;

    private Fleet Fleet => hosts.Fleet;

    /// <summary>The command fails for dead targets only when all others are served: if one of those had to wait for it, the run would not end.</summary>
    [FleetFact]
    public async Task Targets_that_are_down_hold_up_nobody_and_are_no_sources_fault()
    {
        var work = new Workplace(Fleet);
        string command = $"case $TPUSH_PORT in 9) until [ -e go ]; do sleep 0.05; done; echo 'ssh: connect to host: No route to host' >&2; exit 255;; esac; : {Marker.New()}";
        string dead = await File.ReadAllTextAsync(work.WriteNobodies(Dead));
        string list = work.Write("list.txt", dead + string.Concat(Fleet.Hosts.Select(h => $"{h.Address} {h.Port} {h.User}\n")));
        await using var push = work.Start(command, "-m", "1", "-s", "local", "-l", list);
        await work.WaitForAsync<TargetServed>(Fleet.Hosts.Count, push);
        work.Events.OfType<TransferFailed>().Should().BeEmpty();
        work.Write("go", "");
        await Task.WhenAll(Fleet.Hosts.Select(h => File.WriteAllTextAsync(Path.Combine(h.HomeDirectory, "go"), "")));
        (await push.WaitForExitAsync()).ShouldFail(3, $"{Fleet.Hosts.Count} of {Fleet.Hosts.Count + Dead} served");
        work.LastRun.Events.OfType<SourceSetAside>().Should().BeEmpty();
        work.LastRun.Events.OfType<TransferStarted>().Should().HaveCount(Fleet.Hosts.Count + Dead);
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 3 });
}
