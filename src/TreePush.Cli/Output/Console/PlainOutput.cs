using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>A run as plain lines for pipes, cron and CI logs: one line for each end and each failure, with the time.</summary>
internal abstract class PlainOutput(TextWriter writer, RunTally tally) : IRunObserver
{
    private readonly HashSet<string> _told = [];

    public void OnEvent(RunEvent happened)
    {
        foreach (string line in Lines(happened)) writer.WriteLine($"{happened.Time.ToLocalTime():HH:mm:ss} {line}");
        writer.Flush();
    }

    protected abstract IEnumerable<string> Lines(RunEvent happened);

    /// <summary>Adds a failure's hint, unless it was printed before: a hundred hosts may fail for the same reason.</summary>
    protected void AddHint(Failure failure, List<string> lines)
    {
        if (failure.Hint is { } hint && _told.Add(hint)) lines.Add("  hint: " + hint);
    }

    protected string Progress() => $"[{tally.SucceededCount + tally.Failed.Count}/{tally.Targets}]";

    protected static string Targets(int targets, int served, int sources)
    {
        string resumed = served > 0 ? $", {served} of them served before" : "";
        return $"{targets} target{(targets == 1 ? "" : "s")}{resumed}, {sources} source{(sources == 1 ? "" : "s")}";
    }
}
