using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>Hosts that are not there from the beginning, or go while they are being prepared.</summary>
[Collection(FaultyFleet.Name)]
public sealed class UnreachableHostTests(FaultyFleet fleet)
{
    private readonly IReadOnlyList<FleetHost> _hosts = fleet.Fleet.Hosts;

    [PrivateFleetFact]
    public async Task One_host_is_served_though_all_others_are_out_of_reach()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        var (there, down, silent) = (_hosts[2], _hosts[0], _hosts[1]);
        await down.StopAsync();
        await silent.Network.CutLinkAsync();
        try
        {
            var result = (await sync.RunAsync([down, silent, there], "-t", "3")).ShouldExit(3);
            await sync.ShouldBeWholeOnAsync([there]);
            sync.ShouldNameAsFailed(result, down, "refused");
            sync.ShouldNameAsFailed(result, silent, "timed out|no answer|did not answer");
            (await sync.RunAsync([down, silent], "-t", "3")).ShouldFail(3, "0 of 2");
        }
        finally
        {
            await silent.Network.MendLinkAsync();
            await down.StartAsync();
        }
    }

    /// <summary>They are given up after minutes only, and the run is ended before: if others had to wait for them, the test would not end.</summary>
    [PrivateFleetFact]
    public async Task Many_hosts_that_do_not_answer_hold_up_nobody()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        var (silent, there) = (_hosts[1], _hosts.Skip(2).Take(2).ToList());
        await silent.Network.CutLinkAsync();
        try
        {
            string dead = string.Concat(Enumerable.Range(1001, 40).Select(port => $"{silent.Address} {port} root\n"));
            string list = sync.Work.Write("list.txt", dead + string.Concat(there.Select(h => $"{h.Address} {h.Port} {h.User}\n")));
            await using var run = sync.Work.Start("sync", sync.Source, sync.Destination, "-t", "600", "-l", list);
            await sync.Work.WaitForAsync<TargetServed>(there.Count, run);
            sync.Events.OfType<TargetFailed>().Should().BeEmpty();
            await sync.ShouldBeWholeOnAsync([.. there]);
            run.SendToGroup(Signal.Interrupt);
            (await run.WaitForExitAsync()).ShouldExit(130);
        }
        finally
        {
            await silent.Network.MendLinkAsync();
        }
    }

    [PrivateFleetFact]
    public async Task A_host_without_a_free_port_in_the_range_is_told_with_the_range()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        int ssh = _hosts[0].Port;
        var result = (await sync.RunAsync([_hosts[0]], "--port-range", $"{ssh}-{ssh}")).ShouldExit(3);
        sync.ShouldNameAsFailed(result, _hosts[0], $"can't listen on port {ssh}");
        sync.FailureOf(_hosts[0]).Hint.Should().Contain("--port-range");
    }

    [PrivateFleetFact]
    public async Task A_host_that_dies_while_the_relay_is_sent_to_it_is_told_and_the_others_served()
    {
        var sync = new FaultySync(fleet.Fleet);
        await sync.MakeSourceAsync([null]);
        var (there, dies) = (_hosts[3], _hosts[4]);
        string cache = Path.Combine(dies.HomeDirectory, ".cache", "treepush");
        if (Directory.Exists(cache)) Directory.Delete(cache, recursive: true);
        await using (var run = await sync.StartAsync([there, dies]))
        {
            await Wait.UntilAsync(() => Parts(cache).Any(f => f.Length > 0), Patience.Usual, () => $"no relay is being placed: {run.Error.Text}");
            await dies.StopAsync();
            await sync.HurryAsync();
            var result = (await run.WaitForExitAsync()).ShouldExit(3);
            await dies.StartAsync();
            sync.ShouldNameAsFailed(result, dies, "connection|closed|lost|killed");
            await sync.ShouldBeWholeOnAsync([there]);
        }

        (await sync.Work.PushAsync("--resume", "last")).ShouldSucceed();
        await sync.ShouldBeWholeOnAsync([there, dies]);
    }

    private static IEnumerable<FileInfo> Parts(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles("*.part*") : [];
}
