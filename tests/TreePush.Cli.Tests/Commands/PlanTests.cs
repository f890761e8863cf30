using System.Text.Json;
using TreePush.Cli.Commands.Planning;
using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Json;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Tests.Commands;

public class PlanTests
{
    private static readonly string[] Usual = ["--hosts", "300", "--size", "64M", "--rate", "100Mbit"];

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var (_, problems) = Read("--hosts", "0", "--size", "big", "--rate", "5q", "-m", "x", "--stream-rate", "-1", "--zones", "no", "--fail", "1",
            "--slow", "101%", "-r", "-2", "--max-transfers", "0", "--latency", "z", "--seed", "s");
        problems.Select(p => p.Where).Should().BeEquivalentTo(
            ["--hosts", "--size", "--rate", "-m", "--stream-rate", "--zones", "--fail", "--slow", "-r", "--max-transfers", "--latency", "--seed"]);
    }

    [Fact]
    public void What_is_missing_is_told_with_an_example()
    {
        var (_, problems) = Read();
        problems.Select(p => p.Where).Should().BeEquivalentTo(["--hosts", "--size", "--rate"]);
        problems.Should().NotBeEmpty().And.OnlyContain(p => p.Hint!.StartsWith("for example --", StringComparison.Ordinal));
    }

    [Fact]
    public void There_are_no_more_zones_than_hosts() =>
        Read("--hosts", "5", "--size", "1M", "--rate", "1Gbit", "--zones", "6").Problems.Should().ContainSingle().Which.Where.Should().Be("--zones");

    [Fact]
    public void Imagined_hosts_stand_in_networks_of_250()
    {
        var fleet = ImaginedFleet.Of(600, null);
        fleet.Zones.Should().Be(3);
        fleet.Targets.Select(t => t.Name).Should().OnlyHaveUniqueItems().And.HaveCount(600).And.NotContain(fleet.Source.Name);
        fleet.Targets.GroupBy(t => t.Placement.Zone).Select(z => z.Count()).Should().Equal(250, 250, 100);
        fleet.Source.Placement.Zone.Should().Be(fleet.Targets[0].Placement.Zone);
    }

    [Fact]
    public void Imagined_hosts_are_spread_evenly_over_the_zones_asked_for()
    {
        var fleet = ImaginedFleet.Of(1000, 7);
        fleet.Targets.GroupBy(t => t.Placement.Zone).Select(z => z.Count()).Should().HaveCount(7).And.OnlyContain(n => n == 142 || n == 143);
    }

    [Fact]
    public void A_plan_serves_everyone_no_faster_than_one_copy_and_faster_than_one_source()
    {
        var plan = Make(Usual);
        var result = plan.Chosen.Result;
        result.Succeeded.Should().Be(300);
        result.Rounds.Sum(r => r.Served).Should().Be(300);
        result.Duration.Should().BeGreaterThan(plan.Floor).And.BeLessThan(plan.Flat);
        plan.Chosen.HalfServed.Should().BeLessThan(plan.Chosen.NineTenthsServed!.Value);
        plan.Chosen.NineTenthsServed.Should().BeLessThanOrEqualTo(result.Duration);
    }

    [Fact]
    public void Floor_and_flat_are_the_theorys()
    {
        var plan = Make("--hosts", "10", "--size", "1GB", "--rate", "1Gbit");
        plan.Floor.Should().Be(TimeSpan.FromSeconds(8));
        plan.Flat.Should().Be(TimeSpan.FromSeconds(80));
        Make("--hosts", "10", "--size", "1GB", "--rate", "1Gbit", "--stream-rate", "100MB/s").Floor.Should().Be(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Numbers_of_slots_are_compared_with_the_chosen_one_among_them()
    {
        Make(Usual).Forecasts.Select(f => f.SlotsText).Should().Equal("1", "2", "4", "8", "auto");
        Make([.. Usual, "-m", "3"]).Forecasts.Select(f => f.SlotsText).Should().Equal("1", "2", "3", "4", "8", "auto");
        Make([.. Usual, "-m", "auto"]).Chosen.Slots.Should().BeNull();
    }

    [Fact]
    public void One_transfer_at_once_is_best_where_the_link_is_the_limit_and_several_where_the_stream_is()
    {
        Make([.. Usual, "--zones", "1"]).Best.SlotsText.Should().BeOneOf("1", "auto");
        Make([.. Usual, "--zones", "1", "--stream-rate", "10Mbit"]).Best.Slots.Should().Be(8);
    }

    [Fact]
    public void Equal_seeds_give_equal_plans_and_others_others()
    {
        string[] words = [.. Usual, "--fail", "5%", "--slow", "5%", "-r", "1", "--json"];
        PlanJson.Write(Make(words)).Should().Be(PlanJson.Write(Make(words)));
        PlanJson.Write(Make([.. words, "--seed", "2"])).Should().NotBe(PlanJson.Write(Make(words)));
    }

    [Fact]
    public void A_limit_on_transfers_that_was_reached_is_told()
    {
        Written(Make([.. Usual, "--max-transfers", "20"])).Should().Contain("as many as --max-transfers allows (20)");
        Written(Make("--hosts", "5000", "--size", "64M", "--rate", "100Mbit")).Should().Contain("as many as --max-transfers allows (2000, the default)");
        Written(Make(Usual)).Should().NotContain("--max-transfers");
    }

    [Fact]
    public void The_text_has_rounds_times_theory_and_the_effect_of_slots()
    {
        string text = Written(Make([.. Usual, "--fail", "2%"]));
        text.Should().StartWith("300 hosts in 2 zones, 64M to each over links of 100Mbit, -m 4\n");
        foreach (string part in new[] { "round  served", "expected time", "at once", "connections", "failed", "S/B", "N·S/B", "the effect of -m", "fastest", "this plan", "seed" })
            text.Should().Contain(part);
        text.Split('\n').Should().NotBeEmpty().And.OnlyContain(l => l.TrimEnd() == l);
    }

    [Fact]
    public void Fastest_row_is_bold_where_colours_may_be_used()
    {
        var plan = Make(Usual);
        string[] bold = [.. Written(plan, colours: true).Split('\n').Where(l => l.StartsWith("\e[1m", StringComparison.Ordinal))];
        bold.Should().ContainSingle().Which.Should().Contain("fastest").And.EndWith("\e[0m");
        Written(plan).Should().NotContain("\e");
    }

    [Fact]
    public void Every_field_of_the_json_is_documented()
    {
        string docs = Repository.Read("docs", "plan.md");
        using var json = JsonDocument.Parse(PlanJson.Write(Make([.. Usual, "--stream-rate", "10M"])));
        var root = json.RootElement;
        var names = Names(root).Concat(Names(root.GetProperty("plan"))).Concat(Names(root.GetProperty("rounds")[0])).ToList();
        names.Should().Contain(["floor_seconds", "expected_seconds", "until_seconds"]).And.OnlyContain(n => docs.Contains($"`{n}`"));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    private static string Written(Plan plan, bool colours = false)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new PlanText(plan, new SheetWriter(writer, colours)).Write();
        return writer.ToString();
    }

    private static Plan Make(params string[] words)
    {
        var (settings, problems) = Read(words);
        problems.Should().BeEmpty();
        var fleet = ImaginedFleet.Of(settings.Hosts, settings.Zones);
        return new Plan(settings, fleet.Zones, Forecast.All(settings, fleet, onlyChosen: false));
    }

    private static (PlanSettings Settings, IReadOnlyList<Problem> Problems) Read(params string[] words)
    {
        var options = new PlanOptions();
        var command = new System.CommandLine.Command("plan");
        foreach (var option in options.Groups.SelectMany(g => g.Options)) command.Add(option);
        return PlanSettings.Read(options, command.Parse(words));
    }
}
