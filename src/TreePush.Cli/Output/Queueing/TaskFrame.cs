using TreePush.Cli.Output.Console;

namespace TreePush.Cli.Output.Queueing;

/// <summary>One frame of a task's live view: progress, counts, the tree as far as there is room.</summary>
internal static class TaskFrame
{
    /// <summary>Lines that are not hosts.</summary>
    private const int OtherLines = 4;

    private const int MostRows = 24;

    /// <param name="width">The terminal's width and height in characters.</param>
    public static List<Line> Of(TaskPicture picture, int width, int height)
    {
        int room = Math.Clamp(height - OtherLines, 1, MostRows);
        return [Progress(picture, width - 1), Counts(picture), .. Rows(picture, room)];
    }

    private static Line Progress(TaskPicture picture, int width)
    {
        int total = Math.Max(1, picture.Total), ended = picture.Finished.Count + picture.Failed.Count;
        var elapsed = picture.View.At - picture.Spec.Created;
        string rest = TaskEstimate.Left(picture) is { } left ? $", about {Durations.Show(left)} left" : "";
        string right = $" {ended}/{picture.Total}  {100L * ended / total} %  {Durations.Show(elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero)}{rest}";
        int bar = Math.Clamp(width - right.Length, 4, 60);
        int done = (int)((long)bar * picture.Finished.Count / total);
        int failed = picture.Failed.Count == 0 ? 0 : Math.Clamp((int)((long)bar * picture.Failed.Count / total), 1, Math.Max(1, bar - done));
        return new Line().Good(new string('━', done)).Bad(new string('━', failed)).Dim(new string('─', Math.Max(0, bar - done - failed))).Plain(right);
    }

    private static Line Counts(TaskPicture picture)
    {
        int sources = picture.Running.Select(h => h.Source).Distinct().Count();
        var line = new Line().Plain($"{picture.Running.Count} running from {sources} source{(sources == 1 ? "" : "s")}, {picture.Waiting.Count} waiting");
        if (TaskEstimate.Rate(picture) is { } rate) line.Plain($"  {Amounts.Rate(rate)} in all");
        line.Dim($"  -m {picture.Spec.Slots}");
        if (picture.Failed.Count > 0) line.Bad($"  {picture.Failed.Count} failed");
        if (picture.Silent.Count > 0) line.Warn($"  {picture.Silent.Count} silent");
        return line;
    }

    /// <summary>The tree if it fits; else the oldest transfers.</summary>
    private static IEnumerable<Line> Rows(TaskPicture picture, int room)
    {
        var tree = TaskTree.Walk(picture.View.Hosts).Take(room + 1).ToList();
        if (tree.Count <= room) return tree.Select(r => new Line().Plain(TaskText.Row(r.Host, r.Depth, picture.View.At)));
        var lines = picture.Running.Take(room).Select(h => new Line().Plain($"  {TaskText.Name(h.Source ?? "?")} ").Dim("→").Plain(" " + TaskText.Row(h, 0, picture.View.At).Trim())).ToList();
        if (picture.Running.Count > lines.Count) lines.Add(new Line().Dim($"  and {picture.Running.Count - lines.Count} more"));
        return lines;
    }
}
