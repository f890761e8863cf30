using TreePush.Cli.Commands;
using TreePush.Cli.Commands.Planning;
using TreePush.Core.Hosts;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>A dry run as text. Long lists are cut, with a count of the rest.</summary>
internal static class DryRunText
{
    private const int ZonesShown = 12, SourcesShown = 12, RoundsShown = 4, BranchesShown = 8;

    /// <summary>The longest folded list of names, in characters; longer ones are cut.</summary>
    private const int NamesShown = 100;

    public static IEnumerable<string> Lines(DryRun run)
    {
        var (request, push) = (run.Request, run.Push);
        yield return "dry run: no host is contacted";
        yield return "";
        yield return $"command: {DisplayText.Line(request.Command, 1000)}";
        yield return $"-m {Forecast.ShowSlots(push.Slots)}, -r {push.Retries}, at most {push.MaxTransfers} transfers at once"
            + (push.Timeout is { } limit ? $", each ended after {Durations.Show(limit)}" : "");
        foreach (string line in Sources(request).Concat(Targets(run)).Concat(Variables(run)).Concat(Tree(run))) yield return line;
    }

    private static IEnumerable<string> Sources(RunRequest request)
    {
        yield return "";
        yield return $"{Count(request.Sources.Count, "source")}:";
        foreach (var source in request.Sources.Take(SourcesShown)) yield return $"  {source.Name}: {Way(source)}";
        if (More(request.Sources.Count, SourcesShown, "source") is { } more) yield return more;
    }

    /// <summary>How the controller would connect to a host.</summary>
    private static string Way(Host host)
    {
        if (host.IsLocal) return "this machine, without ssh";
        string address = host.Address.Contains(':', StringComparison.Ordinal) ? $"[{host.Address}]" : host.Address;
        string user = host.User is { } name ? name + "@" : "";
        return $"ssh {user}{address}:{host.Port}" + (host.User is null ? " as the user that your ssh configuration says" : "");
    }

    private static IEnumerable<string> Targets(DryRun run)
    {
        yield return "";
        yield return $"{Count(run.Targets.Count, "target")} in {Count(run.Zones.Count, "zone")}"
            + (run.SkippedCount > 0 ? $"; {run.SkippedCount} more {(run.SkippedCount == 1 ? "is also a source" : "are also sources")}" : "")
            + (run.ServedBefore > 0 ? $"; {run.ServedBefore} more {(run.ServedBefore == 1 ? "was served before, and serves" : "were served before, and serve")}" : "")
            + (run.Zones.Count > 0 ? ":" : "");
        foreach (var (zone, hosts) in run.Zones.Take(ZonesShown)) yield return $"  {zone} ({hosts.Count}): {Names(hosts.Select(h => h.Name))}";
        if (More(run.Zones.Count, ZonesShown, "zone") is { } more) yield return more;
        if (run.Targets.Count > 0) yield return $"  served hosts become sources; the controller reaches the first one with {Way(run.Targets[0])}";
    }

    private static IEnumerable<string> Variables(DryRun run)
    {
        if (run.Example() is not var (source, target, variables)) yield break;
        yield return "";
        yield return $"on {source.Name}, for {target.Name}, the command would receive:";
        foreach (var (name, value) in variables) yield return $"  {name}={DisplayText.Line(value)}";
        if (target.User is null) yield return "  TPUSH_USER: the login name that ssh on the source uses for the target";
    }

    private static IEnumerable<string> Tree(DryRun run)
    {
        if (run.Rounds.Count == 0) yield break;
        yield return "";
        yield return Count(run.Rounds.Count, "round") + ", if all transfers take equally long and succeed"
            + (run.Push.Slots is null ? ", and with the one transfer on each source that -m auto begins with:" : ":");
        int sum = 0;
        for (int i = 0; i < Math.Min(RoundsShown, run.Rounds.Count); i++)
        {
            var round = run.Rounds[i];
            sum += round.Served;
            yield return $"  round {i + 1}: {round.Served} served, {sum} in all";
            foreach (var branch in round.Branches.Take(BranchesShown)) yield return $"    {branch.Source} → {Names(branch.Targets)}";
            if (More(round.Branches.Count, BranchesShown, "source") is { } more) yield return "  " + more;
        }

        if (More(run.Rounds.Count, RoundsShown, "round") is { } rest) yield return rest;
    }

    private static string Names(IEnumerable<HostName> names) => DisplayText.Line(HostRange.Fold(names.Select(n => n.Value)), NamesShown);

    private static string? More(int count, int shown, string noun) =>
        count > shown ? $"  ... and {count - shown} more {noun}{(count - shown == 1 ? "" : "s")}" : null;

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
