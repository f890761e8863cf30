using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TreePush.Core.Pushing.Simulation;

namespace TreePush.Cli.Tests.Output;

public sealed class ReportPageTests
{
    private const int TenMegabytes = 10_000_000;

    [Fact]
    public void Text_from_hosts_cannot_end_the_element_that_holds_it()
    {
        string page = HostileText.Run.Page(3);

        Element(page, "<script type=\"application/json\" id=\"data\">").Should().NotContainAny("<", ">", "&", "'", "\u2028", "\u2029", "\e");
        Regex.Matches(page, "</script").Should().HaveCount(2, "the data's element and the script's are all there are");
    }

    [Fact]
    public void Hostile_text_is_still_told_as_it_was()
    {
        using var data = JsonDocument.Parse(Element(HostileText.Run.Page(3), "<script type=\"application/json\" id=\"data\">"));

        var failures = data.RootElement.GetProperty("failures").EnumerateArray().Select(f => f.GetProperty("message").GetString());
        failures.Should().NotBeEmpty().And.OnlyContain(message => message!.StartsWith(HostileText.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_refers_to_nothing_outside_itself()
    {
        string page = SimulatedRun.Of(17).Page();

        page.Should().NotContainAny("http://", "https://", "url(", "@import", "src=");
        Regex.Matches(page, """(?:href|action)="([^"]*)""").Select(m => m.Groups[1].Value).Should().NotBeEmpty().And.OnlyContain(target => target.StartsWith('#') || target == "data:,");
    }

    [Fact]
    public void Policy_allows_the_page_its_own_style_and_script_and_nothing_else()
    {
        string page = SimulatedRun.Of(3).Page();

        page.Should().Contain(
            $"content=\"default-src 'none'; style-src '{Hash(Element(page, "<style>"))}'; script-src '{Hash(Element(page, "<script>"))}'; img-src data:; base-uri 'none'; form-action 'none'\"");
    }

    [Fact]
    public void Script_never_makes_markup_from_text() =>
        Element(SimulatedRun.Of(3).Page(), "<script>").Should().NotContainAny("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "DOMParser");

    [Fact]
    public void Page_for_ten_thousand_hosts_is_small_enough_to_open() =>
        SimulatedRun.Of(10_000, new SimulatedNetwork { DeadTargets = 0.02, SlowHosts = 0.05 }, retries: 2).Page(3).Length.Should().BeLessThan(2_000_000);

    [Fact]
    public void Page_stays_small_where_ten_thousand_hosts_fail_with_much_to_say()
    {
        string page = SimulatedRun.Of(10_000, new SimulatedNetwork { DeadTargets = 1 }, retries: 2)
            .Telling((failure, target) => failure with { Message = $"{target}: " + new string('é', 5000), Tail = [new string('<', 5000), "end"] })
            .Page(3);

        page.Length.Should().BeLessThan(TenMegabytes);
        page.Should().Contain("web10000.dc1.example");
    }

    private static string Element(string page, string opening)
    {
        int start = page.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        return page[start..page.IndexOf("</", start, StringComparison.Ordinal)];
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
