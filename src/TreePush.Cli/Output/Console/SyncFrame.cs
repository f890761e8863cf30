using TreePush.Core.Syncing;

namespace TreePush.Cli.Output.Console;

/// <summary>One frame of a sync's live view: progress in bytes, counts, the current chains, the command line.</summary>
internal static class SyncFrame
{
    /// <summary>Lines that are not hosts.</summary>
    private const int OtherLines = 5;

    private const int MostRows = 16;

    /// <param name="width">The terminal's width and height in characters.</param>
    public static List<Line> Of(SyncTally tally, string typed, DateTimeOffset now, int width, int height)
    {
        int room = Math.Clamp(height - OtherLines, 1, MostRows);
        List<Line> lines = [Progress(tally, now, width - 1), Counts(tally), .. SyncChain.Lines(tally, room)];
        lines.Add(new Line().Dim("> ").Plain(typed).Dim(typed.Length == 0 ? "help, show, quit" : "▏"));
        return lines;
    }

    private static Line Progress(SyncTally tally, DateTimeOffset now, int width)
    {
        var (have, needed) = tally.Bytes();
        int ended = tally.SucceededCount + tally.Failed.Count, targets = Math.Max(1, tally.Targets);
        double share = needed > 0 ? have / needed : (double)ended / targets;
        // All bytes may have arrived before the last rename. Only the end shows 100 %.
        if (ended < tally.Targets) share = Math.Min(share, 0.99);
        var elapsed = tally.Started is { } started ? now - started : TimeSpan.Zero;
        string rest = tally.Estimate() is { } left ? $", about {Durations.Show(left)} left" : "";
        string bytes = needed > 0 ? $" {Amounts.Size(have)}/{Amounts.Size(needed)} " : "";
        string right = $"{bytes} {Math.Floor(share * 100)} %  {Durations.Show(elapsed)}{rest}";
        int bar = Math.Clamp(width - right.Length, 4, 60);
        int failed = tally.Failed.Count == 0 ? 0 : Math.Clamp(bar * tally.Failed.Count / targets, 1, bar);
        int done = (int)((bar - failed) * share);
        return new Line().Good(new string('━', done)).Dim(new string('─', bar - failed - done)).Bad(new string('━', failed)).Plain(right);
    }

    private static Line Counts(SyncTally tally)
    {
        int underWay = tally.Hosts.Values.Count(h => h.IsUnderWay), slow = tally.Hosts.Values.Count(h => h.IsUnderWay && h.Demoted is not null);
        string verb = tally.IsDryRun ? "asked" : "delivered";
        var line = new Line().Plain($"{tally.SucceededCount}/{tally.Targets} {verb}, {underWay} under way");
        if (tally.Opening > 0) line.Plain($", {tally.Opening} starting");
        if (tally.Rate > 0) line.Plain($"  {Amounts.Rate(tally.Rate)} in all");
        if (tally.Topology.Kind != TopologyKind.Auto) line.Dim("  topology: " + SyncLines.Shape(tally.Topology));
        if (slow > 0) line.Warn($"  {slow} slow");
        if (tally.Failed.Count > 0) line.Bad($"  {tally.Failed.Count} failed");
        if (tally.Stopping is { } stopping) line.Warn(stopping.Kill ? "  stopping now" : "  stopping; ^C or quit stops now");
        return line;
    }
}
