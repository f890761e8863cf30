using TreePush.Cli.Commands.Syncing;
using TreePush.Cli.Output.Console;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Tests.Output.Syncing;

public sealed class SyncOutputTests
{
    private static readonly DateTimeOffset Start = ImaginedSync.Start;

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(64 << 20, "64 MiB")]
    [InlineData(12_900_000, "12.3 MiB")]
    [InlineData((1L << 30) - 1, "1 GiB")]
    [InlineData(1L << 40, "1 TiB")]
    public void Sizes_have_three_digits_and_a_unit(long bytes, string shown) => Amounts.Size(bytes).Should().Be(shown);

    [Theory]
    [InlineData(11.76e6, "94.1 Mbit/s")]
    [InlineData(175e6, "1.4 Gbit/s")]
    [InlineData(100, "800 bit/s")]
    [InlineData(124.99e6, "1 Gbit/s")]
    public void Rates_are_told_in_bits_as_links_are(double bytesPerSecond, string shown) => Amounts.Rate(bytesPerSecond).Should().Be(shown);

    [Fact]
    public void Plain_lines_tell_who_was_delivered_by_whom_and_how_fast()
    {
        var lines = Plain(ImaginedSync.Of(3), quiet: false);
        lines.Should().StartWith(["run 20261122-120000-abcd: 3 targets, 1 source", "topology: chain", "origin.example has 3 entries, 64 MiB"]);
        lines.Should().Contain("[2/3] web002.example delivered from web001.example: 64 MiB, 83.9 Mbit/s, after 6.7 s, 2 entries deleted");
    }

    [Fact]
    public void Quiet_lines_tell_failures_alone()
    {
        var lines = Plain(ImaginedSync.Of(4, dead: 2, slow: 3), quiet: true);
        lines.Should().Equal("[1/4] web002.example FAILED: its relay says nothing any more", "  hint: is the host still up?");
    }

    [Fact]
    public void Lines_tell_of_links_that_broke_and_of_slow_hosts()
    {
        var lines = Plain(ImaginedSync.Of(4, dead: 2, slow: 3), quiet: false);
        lines.Should().Contain("the link from web002.example to web003.example failed: nothing came for 12 s");
        lines.Should().Contain("web003.example is slow (9.44 Mbit/s, others 94.4 Mbit/s): it is demoted to the end of the chain");
    }

    [Fact]
    public void Of_very_many_files_that_are_odd_the_first_are_told()
    {
        var tally = new SyncTally();
        using var writer = new StringWriter { NewLine = "\n" };
        var plain = new SyncLines(writer, tally, quiet: true);
        for (int i = 0; i < 500; i++) plain.OnEvent(new FileWarning(Start, new HostName("a"), "\e[31mx", "it vanished"));
        string[] lines = writer.ToString().TrimEnd('\n').Split('\n');
        lines.Should().HaveCount(21).And.OnlyContain(l => !l.Contains('\e'));
        lines[^1].Should().EndWith("further file warnings are in the log");
    }

    [Fact]
    public void The_last_line_tells_bytes_and_the_rate_of_all_together()
    {
        var run = ImaginedSync.Of(16);
        var finished = run.Events.OfType<RunFinished>().Single() with { Took = TimeSpan.FromSeconds(6.1) };
        new SyncView(run.Tally()).LastLine(finished, 16).Should().Be("16 of 16 served in 6.1 s; 16 hosts × 64 MiB in 6.1 s = 1.41 Gbit/s in all");
    }

    [Fact]
    public void Where_all_were_equal_already_nothing_was_sent()
    {
        var tally = new SyncTally();
        tally.OnEvent(new RunStarted(Start, "1", "r", JobKind.Sync, "sync", 1, 1, 0, false));
        tally.OnEvent(new HostReady(Start, new HostName("a"), RelayRole.Target, default));
        tally.OnEvent(new TargetServed(Start, new HostName("a"), null, 0, default) { Receipt = new Receipt(3, 64, 0, 0, 0, 0, "ff") });
        new SyncView(tally).LastLine(new RunFinished(Start, 1, 0, 0, false, TimeSpan.FromSeconds(1)), 1).Should().Be("1 of 1 served in 1.0 s; nothing had to be sent");
    }

    [Fact]
    public void A_dry_run_folds_hosts_with_the_same_need()
    {
        var tally = new SyncTally();
        tally.OnEvent(new RunStarted(Start, "1", "r", JobKind.Sync, "sync", 1, 20, 0, true));
        foreach (int i in Enumerable.Range(1, 20))
        {
            var name = new HostName($"h{i}");
            tally.OnEvent(new HostReady(Start, name, RelayRole.Target, default));
            tally.OnEvent(new HostScanned(Start, name, i <= 16 ? new Need(3, 12_900_000, 4, 2) : i < 20 ? new Need(0, 0, 0, 0) : new Need(0, 0, 1, 1)));
        }

        new SyncView(tally).Results([], []).Should().Equal(
            "16 hosts: receive 3 files, 12.3 MiB; change 1 other entry; delete 2 entries", "  h[1-16]", "3 hosts: nothing to do", "  h[17-19]", "1 host: change 1 other entry; delete 1 entry", "  h20");
    }

    [Fact]
    public void The_picture_has_the_chain_in_order_with_shares_and_rates()
    {
        var frame = Frame(ImaginedSync.Of(4), second: 3);
        frame[0].Should().MatchRegex(@"^━+─+ 133 MiB/256 MiB  51 %  3\.0 s, about 2\.8 s left$");
        frame[1].Should().MatchRegex(@"^0/4 delivered, 4 under way  3\d\d Mbit/s in all  topology: chain$");
        frame[2].Should().StartWith("  origin.example").And.EndWith("source");
        frame[3].Should().MatchRegex(@"^  → web001\.example   5\d %  94\.\d Mbit/s");
        frame.Should().HaveCount(8);
    }

    [Fact]
    public void A_long_chain_is_folded_around_its_ends_and_what_is_slow()
    {
        var frame = Frame(ImaginedSync.Of(400, slow: 200), second: 4, height: 16);
        frame.Should().HaveCountLessThanOrEqualTo(14);
        frame.Should().Contain(l => l.Contains("web200") && l.Contains("slow, demoted"));
        frame.Should().Contain(l => l.Contains("web001")).And.Contain(l => l.Contains("⋮ ") && l.Contains("more, "));
        frame.Should().Contain(l => l.Contains("web400"));
    }

    [Fact]
    public void No_picture_is_higher_or_wider_than_the_terminal()
    {
        var run = ImaginedSync.Of(60, dead: 7, slow: 30);
        for (int events = 0; events <= run.Events.Count; events += 37)
            foreach (int height in new[] { 3, 10, 24, 60 })
            {
                var lines = SyncFrame.Of(run.Tally(events), "", Start.AddSeconds(3), 70, height);
                lines.Count.Should().BeLessThanOrEqualTo(Math.Max(4, height - 1));
                lines.Should().NotBeEmpty().And.OnlyContain(l => l.Show(69, false).Length <= 69);
            }
    }

    [Fact]
    public void Branches_of_a_tree_stand_further_in()
    {
        var tally = new SyncTally();
        tally.OnEvent(new HostReady(Start, new HostName("s"), RelayRole.Source, default));
        foreach (var (link, parent, child) in new[] { (1, "s", "a"), (2, "s", "b"), (3, "a", "c"), (4, "c", "d") })
        {
            tally.OnEvent(new HostReady(Start, new HostName(child), RelayRole.Target, default));
            tally.OnEvent(new HostLinked(Start, link, new HostName(parent), new HostName(child), Route.Direct));
        }

        SyncPlace.All(tally).Select(p => (p.Host.Name.Value, p.Depth)).Should().Equal(("s", 0), ("a", 1), ("c", 1), ("d", 1), ("b", 1));
    }

    [Fact]
    public void Lines_can_be_typed_while_it_runs()
    {
        var posted = new List<RunControl>();
        var controls = new RunControls();
        controls.Bind(posted.Add);
        var run = ImaginedSync.Of(3);
        var tally = run.Tally(20);
        var prompt = new SyncPrompt(tally, controls);
        prompt.Execute("help").Should().Equal(SyncPrompt.Help);
        prompt.Execute("pause").Should().StartWith(["there is no command 'pause'"]);
        prompt.Execute("show").Should().Contain(l => l.Contains("→ web002.example"));
        posted.Should().BeEmpty();
        prompt.Execute("quit").Should().BeEmpty();
        tally.OnEvent(new RunStopping(Start, false));
        prompt.Execute("quit");
        posted.Should().Equal(new RunControl.Stop(false), new RunControl.Stop(true));
    }

    /// <summary>The live view's lines at a second of the run.</summary>
    private static List<string> Frame(ImaginedSync run, double second, int height = 30)
    {
        var now = Start.AddSeconds(second);
        return [.. SyncFrame.Of(run.Tally(run.Events.TakeWhile(e => e.Time <= now).Count()), "", now, 100, height).Select(l => l.Show(99, colours: false).TrimEnd())];
    }

    private static List<string> Plain(ImaginedSync run, bool quiet)
    {
        var tally = new SyncTally();
        using var writer = new StringWriter { NewLine = "\n" };
        var plain = new SyncLines(writer, tally, quiet);
        foreach (var happened in run.Events)
        {
            tally.OnEvent(happened);
            plain.OnEvent(happened);
        }

        return [.. writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[9..])];
    }
}
