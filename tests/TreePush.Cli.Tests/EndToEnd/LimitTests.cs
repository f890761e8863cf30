using TreePush.Core.Pushing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>How much a source is asked to do at once.</summary>
public sealed class LimitTests(LimitTests.Hosts hosts) : IClassFixture<LimitTests.Hosts>
{
    private const int TakesOneSession = 1;

    private readonly string _marker = Marker.New();

    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public async Task A_source_never_has_more_transfers_than_it_may()
    {
        var work = new Workplace(Fleet);
        var (source, count) = (Fleet.Hosts[0], Path.Combine(Fleet.DataPath, work.Name));
        // Each transfer holds a directory of its own for a while and notes how many there are.
        string command = $"mkdir -p {count}/now/$TPUSH_HOST; ls {count}/now | wc -l >> {count}/seen; sleep 0.1; rmdir {count}/now/$TPUSH_HOST";
        (await work.PushAsync(command, "-m", "3", "-s", source.Endpoint, "-l", work.WriteNobodies(20))).ShouldSucceed();
        int[] seen = [.. File.ReadAllLines(Path.Combine(source.DataDirectory, work.Name, "seen")).Select(int.Parse)];
        seen.Should().HaveCount(20).And.OnlyContain(n => n <= 3);
        seen.Max().Should().Be(3);
        MostAtOnce(work.LastRun).Should().Be(3);
    }

    [FleetFact]
    [Trait("SshClient", "openssh")]
    public async Task More_transfers_than_a_connection_carries_get_a_second_connection()
    {
        var work = new Workplace(Fleet);
        var source = Fleet.Hosts[0];
        string go = Path.Combine(Fleet.DataPath, work.Name);
        string command = $"sh -c 'until [ -e {go} ]; do sleep 0.05; done' {_marker}";
        await using var push = work.Start(command, "-m", "12", "-s", source.Endpoint, "-l", work.WriteNobodies(14));
        await Wait.UntilAsync(() => source.Processes(_marker).Count == 12, Patience.Usual, () => $"{source.Processes(_marker).Count} run; {push.Error.Text}");
        Fleet.Controller.Processes("ControlMaster=yes").Should().HaveCount(2);
        await File.WriteAllTextAsync(Path.Combine(source.DataDirectory, work.Name), "");
        (await push.WaitForExitAsync()).ShouldSucceed();
        MostAtOnce(work.LastRun).Should().Be(12);
    }

    [FleetFact]
    public async Task A_server_that_takes_one_session_on_a_connection_gets_several_connections()
    {
        var work = new Workplace(Fleet);
        var source = Fleet.Hosts[TakesOneSession];
        string go = Path.Combine(Fleet.DataPath, work.Name);
        string command = $"sh -c 'until [ -e {go} ]; do sleep 0.05; done' {_marker}";
        await using var push = work.Start(command, "-m", "3", "-s", source.Endpoint, "-l", work.WriteNobodies(3));
        await Wait.UntilAsync(() => source.Processes(_marker).Count == 3, Patience.Usual, () => push.Error.Text);
        await File.WriteAllTextAsync(Path.Combine(source.DataDirectory, work.Name), "");
        (await push.WaitForExitAsync()).ShouldSucceed();
        work.LastRun.Events.OfType<TransferFailed>().Should().BeEmpty();
    }

    [FleetFact]
    [Trait("SshClient", "openssh")]
    public async Task Connections_need_not_be_shared()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("true", "--no-share", "-d", "-s", Fleet.Hosts[0].Endpoint, "-l", work.WriteNobodies(3)))
            .ShouldSucceed().Error.Should().Contain("ControlPath=none").And.NotContain("ControlMaster=yes");
    }

    [FleetFact]
    public async Task All_sources_together_have_no_more_transfers_than_the_run_may()
    {
        var work = new Workplace(Fleet);
        string sources = $"local,{Fleet.Hosts[0].Endpoint}";
        (await work.PushAsync("sleep 0.05", "--max-transfers", "2", "-s", sources, "-l", work.WriteNobodies(8))).ShouldSucceed();
        int running = 0;
        work.LastRun.Events.Max(e => running += e switch { TransferStarted => 1, TransferSucceeded => -1, _ => 0 }).Should().Be(2);
    }

    /// <summary>The most transfers that one source had under way at once.</summary>
    private static int MostAtOnce(RunRecord run)
    {
        var running = new Dictionary<string, int>();
        int most = 0;
        foreach (var happened in run.Events)
        {
            (string? source, int change) = happened switch
            {
                TransferStarted e => (e.Source.Value, 1),
                TransferSucceeded e => (e.Source.Value, -1),
                TransferFailed e => (e.Source.Value, -1),
                _ => (null, 0),
            };
            if (source is not null) most = Math.Max(most, running[source] = running.GetValueOrDefault(source) + change);
        }

        return most;
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions
    {
        Hosts = 2,
        ForHost = (index, options) => index == TakesOneSession ? options with { MaxSessions = 1 } : options,
    });
}
