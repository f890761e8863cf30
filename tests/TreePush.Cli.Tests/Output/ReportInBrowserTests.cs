using System.Net;
using System.Text.RegularExpressions;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Cli.Tests.Output;

public sealed class ReportInBrowserTests
{
    [FactWith(Browser.Program)]
    public async Task Page_draws_the_tree_and_tells_the_failures()
    {
        var run = SimulatedRun.Of(30, new SimulatedNetwork { DeadTargets = 0.2 }).Telling((f, target) => f with { Message = $"the disk of {target} is full" });
        var failed = run.Events.OfType<TargetFailed>().Select(e => e.Target.Value).Distinct().ToList();

        var (document, console) = await Browser.OpenAsync(run.Page(3));

        console.Should().BeEmpty();
        var knots = Texts(document, """<g class="knot[^>]*aria-label="([^",]*)""");
        knots.Should().BeEquivalentTo(["origin.example", .. run.Request.Targets.Select(t => t.Name.Value)]);
        failed.Should().NotBeEmpty();
        Texts(document, """<p class="message">([^<]*)</p>""").Should().Contain(failed.Select(name => $"the disk of {name} is full"));
        Texts(document, """<h1 id="headline">([^<]*)</h1>""").Should().ContainSingle().Which.Should().StartWith($"{30 - failed.Count} of 30 hosts served in ");
    }

    [FactWith(Browser.Program)]
    public async Task Hostile_text_is_shown_and_not_obeyed()
    {
        var (document, console) = await Browser.OpenAsync(HostileText.Run.Page(3));

        console.Should().BeEmpty();
        document.Should().Contain("<title>TreePush run 20260801-120000-abc</title>").And.NotContain("<img");
        Texts(document, """<p class="message">([^<]*)</p>""").Should().NotBeEmpty().And.OnlyContain(text => text.StartsWith(HostileText.Message, StringComparison.Ordinal));
    }

    [FactWith(Browser.Program)]
    public async Task Page_for_ten_thousand_hosts_makes_only_what_is_in_sight()
    {
        var (document, console) = await Browser.OpenAsync(SimulatedRun.Of(10_000, new SimulatedNetwork { SlowHosts = 0.05 }).Page());

        console.Should().BeEmpty();
        Texts(document, """<g class="(knot) """).Count.Should().BeInRange(100, 500);
        Texts(document, """<tr aria-rowindex="(\d+)""").Count.Should().BeInRange(20, 600);
    }

    private static List<string> Texts(string document, string pattern) =>
        [.. Regex.Matches(document, pattern).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];
}
