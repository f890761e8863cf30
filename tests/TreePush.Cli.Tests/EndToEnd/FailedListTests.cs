using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>The list of hosts that were not served is a list to serve them by.</summary>
public sealed class FailedListTests(FailedListTests.Hosts hosts) : IClassFixture<FailedListTests.Hosts>
{
    /// <summary>Serves whoever has a file of his name here.</summary>
    private const string Command = """echo "$TPUSH_HOST $TPUSH_PORT $TPUSH_USER $TPUSH_NOTE" >> tried; test -e "$TPUSH_HOST" """;

    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public async Task The_failed_list_serves_the_rest()
    {
        var work = new Workplace(Fleet);
        string list = work.Write("list.txt", $"x {work.Nobody(1)} 9 joe fine\nx {work.Nobody(2)} 9 jim bad\n");
        work.Write(work.Nobody(1), "");
        string[] how = ["-s", "local", "-m", "2", "-f", "2:host,port,user,note"];
        (await work.PushAsync([Command, .. how, "-l", list])).ShouldFail(3, "failed.txt");
        string failed = work.LastRun["failed.txt"];
        HostsOf(failed).Should().Equal($"x {work.Nobody(2)} 9 jim bad");

        work.Write(work.Nobody(2), "");
        File.Delete(work["tried"]);
        (await work.PushAsync([Command, .. how, "-l", failed])).ShouldSucceed();
        File.ReadAllLines(work["tried"]).Should().Equal($"{work.Nobody(2)} 9 jim bad");
    }

    [FleetFact]
    public async Task The_failed_list_of_a_csv_list_is_csv()
    {
        var work = new Workplace(Fleet);
        string list = work.Write("list.csv", $"host,port,user,note\n{work.Nobody(1)},9,joe,\"a, \"\"b\"\"\nc\"\n");
        (await work.PushAsync(Command, "-s", "local", "-l", list)).ShouldExit(3);
        string failed = work.LastRun["failed.csv"];
        work.Write(work.Nobody(1), "");
        File.Delete(work["tried"]);
        (await work.PushAsync(Command, "-s", "local", "-l", failed)).ShouldSucceed();
        File.ReadAllText(work["tried"]).Should().Be($"{work.Nobody(1)} 9 joe a, \"b\"\nc\n");
    }

    [FleetFact]
    public async Task The_failed_list_tells_each_hosts_reason()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("echo no such luck >&2; exit 7", "-s", "local", "-w", work.Nobody(1))).ShouldExit(3);
        work.LastRun.Read("failed.txt").Should().Contain("# ").And.Contain("exit status 7: no such luck");
    }

    [FleetFact]
    public async Task Targets_that_were_not_tried_have_a_list_of_their_own()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("true", "-s", $"{work.Nobody(99)}:9", "-l", work.WriteNobodies(2))).ShouldExit(3);
        HostsOf(work.LastRun["not-tried.txt"]).Should().Equal($"{work.Nobody(1)} 9 root", $"{work.Nobody(2)} 9 root");
    }

    [FleetFact]
    public async Task A_run_without_failures_leaves_no_list()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("true", "-s", "local", "-w", work.Nobody(1))).ShouldSucceed();
        Directory.GetFiles(work.LastRun.Directory, "failed*").Should().BeEmpty();
    }

    private static IEnumerable<string> HostsOf(string list) => File.ReadAllLines(list).Where(l => !l.StartsWith('#'));

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 1 });
}
