using System.Net;
using System.Text.RegularExpressions;
using TreePush.Cli.Output.Html;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Testing;

namespace TreePush.Cli.Tests.Output.Syncing;

public sealed class SyncReportTests
{
    [Fact]
    public void A_host_has_its_times_its_parent_its_need_and_its_receipt()
    {
        var data = ImaginedSync.Of(3).Data();
        var host = data.Hosts[2];
        host.Should().BeEquivalentTo(new { Name = "web002.example", Outcome = HostOutcome.Served, From = 1, Opening = 0.0, Ready = 0.32 });
        host.Need.Should().Be(new Need(3, ImaginedSync.Size, 4, 2));
        host.Receipt.Should().Be(new ReportReceipt(ImaginedSync.Size, ImaginedSync.Size, 3, 2, 0));
        data.Digests.Should().ContainSingle("all ended with the same");
        data.Counts.Should().BeEquivalentTo(new { Targets = 3, Served = 3, Failed = 0, NotTried = 0 });
        data.Topology.Should().Be("chain");
    }

    [Fact]
    public void A_link_ends_where_the_next_one_begins_or_its_host_has_everything()
    {
        var links = ImaginedSync.Of(4, slow: 2).Data().Links.Where(l => l.Target == 2).ToList();
        links.Should().HaveCount(2);
        links[0].End.Should().Be(links[1].Start);
        links[1].Source.Should().Be(4, "the slow one was moved to the end");
    }

    [Fact]
    public void A_link_that_broke_has_its_reason_and_the_next_one_its_new_parent()
    {
        var data = ImaginedSync.Of(4, dead: 2).Data();
        var links = data.Links.Where(l => l.Target == 3).ToList();
        links.Select(l => l.Fault).Should().Equal("silent", null);
        links.Select(l => l.Source).Should().Equal(2, 1);
        data.Hosts[2].Should().BeEquivalentTo(new { Outcome = HostOutcome.Failed, Failure = 0, From = 1 });
        data.Counts.Should().BeEquivalentTo(new { Served = 3, Failed = 1 });
    }

    [Fact]
    public void What_all_received_never_shrinks_and_has_few_points()
    {
        var curve = new ReceivedCurve();
        for (int i = 0; i < 100_000; i++) curve.Add(i * 0.01, i % 50, i / 50 * 1000);
        curve.Points().Should().HaveCountLessThan(700).And.BeInAscendingOrder(p => p.At).And.BeInAscendingOrder(p => p.Bytes);
        curve.Points()[^1].Bytes.Should().Be(50 * 1999 * 1000L);
    }

    [Fact]
    public void A_relay_that_was_started_anew_takes_nothing_away()
    {
        var curve = new ReceivedCurve();
        curve.Add(0, 0, 1000);
        curve.Add(1, 0, 10);
        curve.Points()[^1].Bytes.Should().Be(1010);
    }

    [Fact]
    public void Page_for_ten_thousand_hosts_is_small_enough_to_open() => ImaginedSync.Of(10_000).Page().Length.Should().BeLessThan(8_000_000);

    [FactWith(Browser.Program)]
    public async Task Page_tells_chains_failures_receipts_and_times()
    {
        var (document, console) = await Browser.OpenAsync(ImaginedSync.Of(12, dead: 5, slow: 3).Page(3));

        console.Should().BeEmpty();
        Texts(document, """<h1 id="headline">([^<]*)</h1>""").Should().ContainSingle().Which.Should().StartWith("11 of 12 hosts served in ");
        Texts(document, """<p class="message">([^<]*)</p>""").Should().Contain("its relay says nothing any more");
        Regex.Matches(document, """<li class="(root)?"[^>]*><button""").Should().HaveCount(13, "the source and all targets stand in the chain");
        Texts(document, """<code class="digest">([^<]*)</code>""").Should().Equal(new string('a', 64));
        Texts(document, """<tr aria-rowindex="(\d+)""").Should().HaveCount(12);
        document.Should().Contain("704 MiB");
    }

    [FactWith(Browser.Program)]
    public async Task Hostile_text_is_shown_and_not_obeyed()
    {
        const string Evil = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";
        var run = ImaginedSync.Of(3, dead: 2, name: n => Evil + n);
        var fold = new SyncReportFold(run.Request, new HashSet<HostName>());
        foreach (var happened in run.Events) fold.OnEvent(happened);
        fold.OnEvent(new FileWarning(ImaginedSync.Start, run.Targets[0].Name, Evil, Evil));

        var (document, console) = await Browser.OpenAsync(fold.Page(3));

        console.Should().BeEmpty();
        document.Should().Contain("<title>TreePush run 20261122-120000-abcd</title>").And.NotContain("<img");
    }

    [FactWith(Browser.Program)]
    public async Task A_run_in_which_nothing_happened_is_a_page_too()
    {
        var run = ImaginedSync.Of(2);
        var fold = new SyncReportFold(run.Request, new HashSet<HostName>());
        fold.OnEvent(run.Events[0]);
        fold.OnEvent(new RunFinished(ImaginedSync.Start, 0, 0, 2, true, TimeSpan.Zero));

        var (document, console) = await Browser.OpenAsync(fold.Page(130));

        console.Should().BeEmpty();
        document.Should().Contain("0 of 2 hosts served").And.Contain("No host received anything.");
    }

    private static List<string> Texts(string document, string pattern) =>
        [.. Regex.Matches(document, pattern).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];
}
