using TreePush.Cli.Commands.Planning;

namespace TreePush.Cli.Output.Console;

/// <summary>
/// A plan as text: the rounds, the expected time, the theoretical limits, and the effect of other values of <c>-m</c>.
/// </summary>
internal sealed class PlanText(Plan plan, SheetWriter writer)
{
    private static readonly HashSet<int> LastColumnIsWords = [5];

    public void Write()
    {
        var settings = plan.Settings;
        writer.Line($"{Count(settings.Hosts, "host")} in {Count(plan.Zones, "zone")}, {settings.Size} to each over links of {settings.Rate}, -m {plan.Chosen.SlotsText}");
        writer.Line();
        writer.Write(Rounds());
        writer.Line();
        foreach (var (name, value) in Facts()) writer.Line($"  {name,-20}{value}");
        writer.Line();
        if (plan.Forecasts.Count > 1) writer.Write(Comparison());
        else writer.Line("the effect of -m is omitted: comparing so many hosts would take minutes");
    }

    private Sheet Rounds()
    {
        var rounds = plan.Chosen.Result.Rounds;
        int all = plan.Settings.Hosts, sum = 0;
        var rows = rounds.Select((r, i) => new SheetRow(
            [$"{i + 1}", $"{r.Served}", $"{sum += r.Served}", $"{100.0 * r.Served / all:0.0}%", Durations.Show(r.Until)]));
        return new Sheet("rounds (the number of transfers between a host and the first source)",
            ["round", "served", "in all", "share", "until"], new HashSet<int>(), [.. rows]);
    }

    private IEnumerable<(string Name, string Value)> Facts()
    {
        var (settings, chosen) = (plan.Settings, plan.Chosen);
        var result = chosen.Result;
        yield return ("expected time", Durations.Show(result.Duration) + Milestones(chosen));
        yield return ("at once", $"{Count(result.MostAtOnce, "transfer")} at most{Limit()}");
        yield return ("connections", $"{result.Opened} opened by the controller");
        yield return ("hosts", $"{result.Succeeded} served, {result.Failed} failed, {result.NotTried} not tried; {Count(result.Transfers, "transfer")}");
        if (chosen.Slots is null) yield return ("-m auto", $"comes to {result.Slots}");
        yield return ("one copy, S/B", $"{Durations.Show(plan.Floor)}: no push of whole files is faster");
        yield return ("one source, N·S/B", $"{Durations.Show(plan.Flat)}: the least time of a push without a tree");
        if (settings.Network.DeadTargets > 0 || settings.Network.SlowHosts > 0)
            yield return ("seed", $"{settings.Network.Seed}: with another seed, other hosts fail or are slow");
    }

    private static string Milestones(Forecast forecast)
    {
        string half = forecast.HalfServed is { } h ? $"half of the hosts after {Durations.Show(h)}" : "";
        string most = forecast.NineTenthsServed is { } m ? $"90% after {Durations.Show(m)}" : "";
        return half.Length == 0 ? "" : $" ({string.Join(", ", new[] { half, most }.Where(t => t.Length > 0))})";
    }

    private string Limit()
    {
        if (!plan.IsLimited) return "";
        string origin = plan.Settings.MaxTransfersGiven ? "" : ", the default";
        return $": as many as --max-transfers allows ({plan.Settings.MaxTransfers}{origin}); without this limit more would run at once";
    }

    private Sheet Comparison()
    {
        var (chosen, best) = (plan.Chosen, plan.Best);
        string Remark(Forecast f) => string.Join(", ", new[] { f == best ? "fastest" : "", f == chosen ? "this plan" : "" }.Where(t => t.Length > 0));
        IReadOnlyList<string> Cells(Forecast f) =>
            [f.SlotsText, Durations.Show(f.Result.Duration), $"{f.Result.Duration / plan.Floor:0.0}", $"{f.Result.MostAtOnce}", $"{f.Result.Opened}", Remark(f)];
        var rows = plan.Forecasts.Select(f => new SheetRow(Cells(f), f == best));
        return new Sheet("the effect of -m", ["-m", "time", "times S/B", "at once", "connections", ""], LastColumnIsWords, [.. rows]);
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
