using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>The end of a run: which targets succeeded, which failed and why, and which were not tried.</summary>
internal static class Summary
{
    /// <summary>
    /// The number of failures with reasons. Further failures are listed by name; the failed list has their reasons.
    /// </summary>
    private const int ReasonsShown = 50;

    public static IEnumerable<string> Lists(
        IReadOnlyCollection<HostName> succeeded, IReadOnlyCollection<TargetFailed> failures, IReadOnlyCollection<HostName> notTried, Func<TargetFailed, string> reason)
    {
        yield return Named("succeeded", succeeded);
        foreach (string line in Failed(failures, reason)) yield return line;
        yield return Named("not tried", notTried);
    }

    public static IEnumerable<string> Failed(IReadOnlyCollection<TargetFailed> failures, Func<TargetFailed, string> reason)
    {
        var failed = failures.OrderBy(f => f.Target).ToList();
        yield return Named("failed", [.. failed.Select(f => f.Target)]);
        foreach (var failure in failed.Take(ReasonsShown)) yield return "  " + reason(failure);
        if (failed.Count > ReasonsShown) yield return $"  ... and {failed.Count - ReasonsShown} more";
    }

    /// <summary>A list's name, its length, and the folded hosts.</summary>
    public static string Named(string list, IReadOnlyCollection<HostName> names) =>
        $"{list} ({names.Count})" + (names.Count == 0 ? "" : ": " + HostRange.Fold(names.Select(n => n.Value)));

    public static string Reason(TargetFailed failure) => $"{failure.Target}: {DisplayText.Line(failure.Failure.Message)}";

    public static string LastLine(RunFinished finished, int targets) =>
        $"{finished.Succeeded} of {targets} served in {Durations.Show(finished.Took)}" + (finished.Interrupted ? ", interrupted" : "");
}
