using TreePush.Core.Pushing;

namespace TreePush.Cli.Output.Console;

/// <summary>One frame of the live view: progress, counts, the oldest transfers, the command line.</summary>
internal static class LiveFrame
{
    /// <summary>Lines that are not running transfers.</summary>
    private const int OtherLines = 5;

    private const int MostTransfers = 12;

    /// <param name="width">The terminal's width and height in characters.</param>
    public static List<Line> Of(PushTally tally, string typed, DateTimeOffset now, int width, int height)
    {
        int room = Math.Clamp(height - OtherLines - 1, 1, MostTransfers);
        var oldest = tally.Running.Values.OrderBy(r => r.Time).ThenBy(r => r.Transfer).Take(room).ToList();
        List<Line> lines = [Progress(tally, now, width - 1), Counts(tally), .. oldest.Select(r => Transfer(r, now))];
        if (tally.Running.Count > oldest.Count) lines.Add(new Line().Dim($"  and {tally.Running.Count - oldest.Count} more"));
        lines.Add(new Line().Dim("> ").Plain(typed).Dim(typed.Length == 0 ? "help, show, reconnect slow|all, pause, resume, quit" : "▏"));
        return lines;
    }

    private static Line Progress(PushTally tally, DateTimeOffset now, int width)
    {
        int targets = Math.Max(1, tally.Targets);
        var elapsed = tally.Started is { } started ? now - started : TimeSpan.Zero;
        string rest = tally.Estimate() is { } left && !tally.IsPaused ? $", about {Durations.Show(left)} left" : "";
        int ended = tally.SucceededCount + tally.Failed.Count;
        string right = $" {ended}/{tally.Targets}  {100L * ended / targets} %  {Durations.Show(elapsed)}{rest}";
        int bar = Math.Clamp(width - right.Length, 4, 60);
        int done = bar * tally.SucceededCount / targets;
        int failed = tally.Failed.Count == 0 ? 0 : Math.Clamp(bar * tally.Failed.Count / targets, 1, Math.Max(1, bar - done));
        return new Line().Good(new string('━', done)).Bad(new string('━', failed)).Dim(new string('─', Math.Max(0, bar - done - failed))).Plain(right);
    }

    private static Line Counts(PushTally tally)
    {
        int sources = tally.Running.Values.Select(r => r.Source).Distinct().Count();
        var line = new Line().Plain($"{tally.Running.Count} running from {sources} source{(sources == 1 ? "" : "s")}")
            .Dim($"  -m {tally.Slots?.ToString() ?? "auto"}");
        if (tally.Failed.Count > 0) line.Bad($"  {tally.Failed.Count} failed");
        if (tally.SetAside.Count > 0) line.Warn($"  {tally.SetAside.Count} set aside as sources");
        if (tally.Stopping is { } stopping) line.Warn(stopping.Kill ? "  stopping now" : "  stopping; ^C or quit stops now");
        else if (tally.IsPaused) line.Warn("  paused");
        return line;
    }

    private static Line Transfer(TransferStarted running, DateTimeOffset now) =>
        new Line().Plain($"  {running.Source} ").Dim("→").Plain($" {running.Target}")
            .Dim($"  {Durations.Show(now - running.Time)}{(running.Attempt > 1 ? $", attempt {running.Attempt}" : "")}");
}
