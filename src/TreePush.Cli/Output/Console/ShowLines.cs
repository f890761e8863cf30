using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Cli.Output.Console;

/// <summary>The output of <c>show</c>: the counts, all running transfers by age, and the sources that are set aside.</summary>
internal static class ShowLines
{
    public static IEnumerable<string> Of(PushTally tally, DateTimeOffset now)
    {
        yield return $"served {tally.SucceededCount}, failed {tally.Failed.Count}, running {tally.Running.Count}, waiting {Math.Max(0, tally.Left - tally.Running.Count)}";
        foreach (var running in tally.Running.Values.OrderBy(r => r.Time))
            yield return $"{running.Source} → {running.Target}  {Durations.Show(now - running.Time)}{(running.Attempt > 1 ? $", attempt {running.Attempt}" : "")}";
        foreach (string line in SetAside(tally)) yield return line;
    }

    /// <summary>The sources that get no more transfers, grouped by reason.</summary>
    public static IEnumerable<string> SetAside(PushTally tally) => tally.SetAside.Values
        .GroupBy(s => s.Failure.Kind).OrderBy(g => g.Key)
        .Select(g => $"set aside as sources ({g.Count()}): {HostRange.Fold(g.Select(s => s.Source.Value))}: {DisplayText.Line(g.First().Failure.Message, 200)}");
}
