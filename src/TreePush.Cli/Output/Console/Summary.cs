using System.Globalization;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Cli.Output.Console;

/// <summary>The end of a run: who succeeded, who failed and why, who was not tried.</summary>
internal static class Summary
{
    /// <summary>More failures than this are told by name only; their reasons are in the failed list.</summary>
    private const int ReasonsShown = 50;

    /// <param name="succeeded">All that were served, by this or an earlier part of the run.</param>
    public static IEnumerable<string> Lists(PushTally tally, IReadOnlyCollection<HostName> succeeded, IReadOnlyCollection<HostName> notTried)
    {
        yield return Text($"succeeded ({succeeded.Count}){Names(succeeded)}");
        var failed = tally.Failed.Values.OrderBy(f => f.Target).ToList();
        yield return Text($"failed ({failed.Count}){Names([.. failed.Select(f => f.Target)])}");
        foreach (var failure in failed.Take(ReasonsShown)) yield return "  " + Reason(failure);
        if (failed.Count > ReasonsShown) yield return Text($"  ... and {failed.Count - ReasonsShown} more");
        yield return Text($"not tried ({notTried.Count}){Names(notTried)}");
        foreach (string line in ShowLines.SetAside(tally)) yield return line;
    }

    public static string Reason(TargetFailed failure) =>
        Text($"{failure.Target}: {DisplayText.Line(failure.Failure.Message)} (from {failure.Source}, {failure.Attempts} attempt{(failure.Attempts == 1 ? "" : "s")})");

    public static string LastLine(RunFinished finished, int targets) =>
        Text($"{finished.Succeeded} of {targets} served in {Durations.Show(finished.Took)}") + (finished.Interrupted ? ", interrupted" : "");

    private static string Names(IReadOnlyCollection<HostName> names) => names.Count == 0 ? "" : ": " + HostRange.Fold(names.Select(n => n.Value));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
