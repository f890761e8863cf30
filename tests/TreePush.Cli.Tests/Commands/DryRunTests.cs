using System.Text.Json;
using TreePush.Cli.Commands;
using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Json;
using TreePush.Core.Hosts;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Tests.Commands;

public class DryRunTests
{
    [Fact]
    public void It_reads_as_it_was_approved()
    {
        var spiced = new Host("10.0.0.1", 22, "root").WithVariables(new Dictionary<string, string> { ["PATH"] = "/srv/\e[31mred" });
        var run = Of(["root@10.0.0.254", "local", "10.0.0.3:2022", "10.0.0.2"], [spiced, .. Hosts("10.0.0.[2-60],10.0.1.[1-20],web[01-05].example,[2001:db8::7]")]);
        string.Join('\n', DryRunText.Lines(run)).Should().Be(Repository.Golden("dry-run.txt").TrimEnd('\n'));
    }

    [Fact]
    public void Rounds_are_those_that_the_coordinator_would_start()
    {
        var run = Of(["a"], Hosts("h[1-24]"));
        run.Rounds.Select(r => r.Served).Should().Equal(4, 20);
        run.Rounds.SelectMany(r => r.Branches).SelectMany(b => b.Targets).Should().OnlyHaveUniqueItems().And.HaveCount(24);
        run.Rounds.SelectMany(r => r.Branches).Should().NotBeEmpty().And.OnlyContain(b => b.Targets.Count <= 4);
    }

    [Fact]
    public void With_auto_the_tree_is_that_of_one_transfer_at_once()
    {
        var run = Of(["a"], Hosts("h[1-7]"), slots: null);
        run.Rounds.Select(r => r.Served).Should().Equal(1, 2, 4);
        DryRunText.Lines(run).Should().Contain(l => l.Contains("-m auto begins with"));
    }

    [Fact]
    public void Targets_that_have_the_files_serve_and_are_not_served()
    {
        var served = Hosts("h[1-3]").Select(h => h.Name).ToHashSet();
        var run = Of(["a", "h4"], Hosts("h[1-10]"), served: served);
        run.Targets.Select(t => t.Name.Value).Should().Equal("h5", "h6", "h7", "h8", "h9", "h10");
        (run.SkippedCount, run.ServedBefore).Should().Be((1, 3));
        run.Rounds.Should().ContainSingle();
    }

    [Fact]
    public void With_nobody_left_to_serve_there_are_no_rounds_and_no_example()
    {
        var run = Of(["h1"], Hosts("h1"));
        run.Rounds.Should().BeEmpty();
        run.Example().Should().BeNull();
        DryRunText.Lines(run).Should().Contain("0 targets in 0 zones; 1 more is also a source");
    }

    [Fact]
    public void Values_from_a_list_cannot_reach_the_terminal_as_controls()
    {
        var host = new Host("h1").WithVariables(new Dictionary<string, string> { ["X"] = "\e]0;owned\a", ["ZONE"] = "r\u202Eack" });
        DryRunText.Lines(Of(["a"], [host])).Should().NotBeEmpty().And.OnlyContain(l => !l.Any(c => char.IsControl(c) || c == '\u202E'));
    }

    [Fact]
    public void Many_hosts_are_folded_cut_and_counted()
    {
        var run = Of(["a"], Hosts("10.[0-1].[0-9].[1-100]"));
        var lines = DryRunText.Lines(run).ToList();
        lines.Should().HaveCountLessThan(80).And.OnlyContain(l => l.Length < 250);
        lines.Should().Contain("  10.0.0.0/24 (100): 10.0.0.[1-100]").And.Contain("  ... and 8 more zones");
    }

    [Fact]
    public void Every_field_of_the_json_is_documented_and_nothing_is_cut()
    {
        string docs = Repository.Read("docs", "plan.md");
        using var json = JsonDocument.Parse(DryRunJson.Write(Of(["u@a"], Hosts("h[1-500]"))));
        var root = json.RootElement;
        string[] parts = ["sources", "zones", "rounds"];
        var names = Names(root).Concat(parts.SelectMany(p => Names(root.GetProperty(p)[0]))).Concat(Names(root.GetProperty("example")));
        names.Should().NotBeEmpty().And.OnlyContain(n => docs.Contains($"`{n}`"));
        root.GetProperty("zones")[0].GetProperty("names").GetArrayLength().Should().Be(500);
        root.GetProperty("example").GetProperty("variables").GetProperty("TPUSH_SRC").GetString().Should().Be("a");
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    private static IReadOnlyList<Host> Hosts(string text) => HostSpec.Parse("-w", text).Hosts;

    private static DryRun Of(string[] sources, IReadOnlyList<Host> targets, int? slots = 4, IReadOnlySet<HostName>? served = null)
    {
        var request = new RunRequest
        {
            Run = "20261122-010203-abcd",
            Command = "rsync -a /srv/ $TPUSH_HOST:/srv/",
            Sources = [.. sources.SelectMany(Hosts)],
            Targets = targets,
            Work = new PushWork(),
        };
        var push = new PushWork { Slots = slots, Retries = 1, Timeout = TimeSpan.FromMinutes(15) };
        return DryRun.Of(request, push, served ?? new HashSet<HostName>());
    }
}
