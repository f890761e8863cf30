using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>A push as plain lines.</summary>
/// <param name="quiet">Show only failures.</param>
internal sealed class PushLines(TextWriter writer, PushTally tally, bool quiet) : PlainOutput(writer, tally)
{
    private const int TailLines = 3;

    /// <summary>
    /// The number of set-aside sources that are reported one by one, in case no host can serve. The summary counts them
    /// all.
    /// </summary>
    private const int MostSetAside = 5;

    protected override IEnumerable<string> Lines(RunEvent happened) => happened switch
    {
        RunStarted e when !quiet => [$"run {e.Run}: " + Targets(e.Targets, e.Served, e.Sources)],
        TransferSucceeded e when !quiet => [$"{Progress()} {e.Target} done from {e.Source} in {Durations.Show(e.Took)}"],
        TargetSkipped e when !quiet => [$"{e.Target} is skipped: it is also a source"],
        TransferFailed e when e.Failure.Kind != FailureKind.Interrupted => Failed(e),
        TargetFailed e when e.Failure.Kind != FailureKind.Interrupted => [$"{Progress()} {e.Target} FAILED: given up after {$"{e.Attempts}"} attempt{(e.Attempts == 1 ? "" : "s")}"],
        TargetRequeued e when !quiet => [$"{e.Target} is retried: its source {e.Source} was at fault"],
        SourceSetAside e => tally.SetAside.Count <= MostSetAside ? SetAside(e) : [],
        SourceRestored e when !quiet => [$"{e.Source} is a source again"],
        SlotsChanged e when !quiet => [$"-m auto: {e.Slots} transfers at once on each source"],
        RunPaused => ["paused: no new transfers start"],
        RunContinued => ["continued"],
        RunStopping { Kill: false } => ["stopping: running transfers may end; a second ^C or quit ends them now"],
        RunStopping => ["ending all transfers"],
        ServedCannotServe => ["served hosts can't log in to other hosts: from now on only the sources given with -s serve"],
        SourcesExhausted e => [$"no source is left; {e.Remaining} target{(e.Remaining == 1 ? " was" : "s were")} not tried"],
        _ => [],
    };

    private List<string> Failed(TransferFailed e)
    {
        string what = e.RetryAt is not null ? "failed, will be retried" : "failed";
        List<string> lines = [$"{e.Target} {what} (from {e.Source}, {Durations.Show(e.Took)}): {e.Failure.Message}"];
        var more = (e.Failure.Tail ?? []).Where(l => !e.Failure.Message.EndsWith(OwnShell.Without(l), StringComparison.Ordinal)).TakeLast(TailLines);
        lines.AddRange(more.Select(l => "  | " + l));
        AddHint(e.Failure, lines);
        return lines;
    }

    private List<string> SetAside(SourceSetAside e)
    {
        string pause = e.Comeback is { } comeback ? $" for {Durations.Show(comeback - e.Time)}" : "";
        List<string> lines = [$"source {e.Source} is set aside{pause}: {DisplayText.Line(e.Failure.Message)}"];
        AddHint(e.Failure, lines);
        return lines;
    }
}
