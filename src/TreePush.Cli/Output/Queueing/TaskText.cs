using TreePush.Cli.Output.Console;
using TreePush.Core.Hosts;
using TreePush.Core.Queueing;

namespace TreePush.Cli.Output.Queueing;

/// <summary>A task as text for people. Everything that comes from Redis is made safe to print.</summary>
internal static class TaskText
{
    /// <summary>The number of failures with reasons; further ones are listed by name.</summary>
    private const int ReasonsShown = 50;

    private const int LongestName = 60;

    public static string Name(string name) => DisplayText.Line(name, LongestName);

    public static string Path(TaskSpec spec) => DisplayText.Line(spec.Path, 200);

    public static string State(TaskState state) => state.ToString().ToLowerInvariant();

    /// <summary>All of a task: what it is, its counts, the tree, failures.</summary>
    public static IEnumerable<string> Whole(TaskPicture picture)
    {
        var spec = picture.Spec;
        yield return $"task {Name(spec.Id)}: {Path(spec)}, {Amounts.Size(spec.Size)}, {State(picture.View.State)}, submitted {spec.Created.ToLocalTime():yyyy-MM-dd HH:mm:ss}";
        yield return Counts(picture);
        if (Pace(picture) is { } pace) yield return pace;
        foreach (var (host, depth) in TaskTree.Walk(picture.View.Hosts)) yield return Row(host, depth, picture.View.At);
        foreach (string line in Ends(picture)) yield return line;
    }

    public static string Counts(TaskPicture picture) =>
        $"{picture.Finished.Count} of {picture.Total} host{(picture.Total == 1 ? "" : "s")} finished, {picture.Running.Count} running, {picture.Waiting.Count} waiting, {picture.Failed.Count} failed"
        + (picture.Silent.Count > 0 ? $", {picture.Silent.Count} silent" : "");

    /// <returns>Null if nothing is known of it yet.</returns>
    public static string? Pace(TaskPicture picture)
    {
        string? rate = TaskEstimate.Rate(picture) is { } r ? $"{Amounts.Rate(r)} in all" : null;
        string? left = TaskEstimate.Left(picture) is { } l ? $"about {Durations.Show(l)} left" : null;
        return (rate, left) is (null, null) ? null : string.Join(", ", new[] { rate, left }.OfType<string>());
    }

    /// <summary>A host of the tree, indented by its depth.</summary>
    public static string Row(TaskHost host, int depth, DateTimeOffset now) =>
        new string(' ', 2 + (2 * Math.Min(depth, 20))) + Name(host.Name) + "  " + string.Join(", ", Facts(host, now));

    /// <summary>The hosts that have not finished, with the reasons.</summary>
    public static IEnumerable<string> Ends(TaskPicture picture)
    {
        if (picture.Waiting.Count > 0) yield return Named("waiting", picture.Waiting);
        if (picture.Silent.Count > 0) yield return Named($"silent, no report of the agent for {TaskPicture.LongestSilence.TotalMinutes:0} min", picture.Silent);
        if (picture.Failed.Count == 0) yield break;
        yield return Named("failed", [.. picture.Failed.Select(h => h.Name)]);
        foreach (var host in picture.Failed.Take(ReasonsShown)) yield return $"  {Name(host.Name)}: {Reason(host)}{From(host)}";
        if (picture.Failed.Count > ReasonsShown) yield return $"  ... and {picture.Failed.Count - ReasonsShown} more";
    }

    public static string Reason(TaskHost host) => host.Reason is { } reason ? DisplayText.Line(reason) : "no reason is known";

    private static IEnumerable<string> Facts(TaskHost host, DateTimeOffset now)
    {
        if (host.Progress == HostProgress.Running) yield return host.Since is { } since ? $"running for {Durations.Show(Since(since, now))}" : "running";
        else if (host.Source is null) yield return "had the file";
        else yield return (host.Since, host.Ended) is ({ } began, { } ended) ? $"in {Durations.Show(Since(began, ended))}" : "finished";
        if (host.Attempts > 1) yield return $"attempt {host.Attempts}";
        if (host.Serving > 0) yield return $"serves {host.Serving}";
        if (host.Zone is { Length: > 0 } zone) yield return $"zone {Name(zone)}";
    }

    private static string From(TaskHost host) => host.Source is null ? "" : $" (from {Name(host.Source)}, {host.Attempts} attempt{(host.Attempts == 1 ? "" : "s")})";

    private static string Named(string list, IReadOnlyCollection<string> names) => $"{list} ({names.Count}): {HostRange.Fold(names.Select(Name))}";

    /// <summary>Clocks may differ; no time is negative.</summary>
    private static TimeSpan Since(DateTimeOffset from, DateTimeOffset to) => to > from ? to - from : TimeSpan.Zero;
}
