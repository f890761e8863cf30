using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>A push as plain lines.</summary>
/// <param name="quiet">Failures only.</param>
internal sealed class PushLines(TextWriter writer, PushTally tally, bool quiet) : PlainOutput(writer, tally)
{
    private const int TailLines = 3;

    /// <summary>Where every host turns out not to be usable as a source, so many are told of; the summary counts them all.</summary>
    private const int MostSetAside = 5;

    protected override IEnumerable<string> Lines(RunEvent happened) => happened switch
    {
        RunStarted e when !quiet => [$"run {e.Run}: " + Targets(e.Targets, e.Served, e.Sources)],
        TransferSucceeded e when !quiet => [$"{Progress()} {e.Target} done from {e.Source} in {Durations.Show(e.Took)}"],
        TargetSkipped e when !quiet => [$"{e.Target} is a source itself"],
        TransferFailed e when e.Failure.Kind != FailureKind.Interrupted => Failed(e),
        TargetFailed e when e.Failure.Kind != FailureKind.Interrupted => [$"{Progress()} {e.Target} FAILED: given up after {$"{e.Attempts}"} attempt{(e.Attempts == 1 ? "" : "s")}"],
        TargetRequeued e when !quiet => [$"{e.Target} is tried again: its source {e.Source} was at fault"],
        SourceSetAside e => tally.SetAside.Count <= MostSetAside ? SetAside(e) : [],
        SourceRestored e when !quiet => [$"{e.Source} is a source again"],
        SlotsChanged e when !quiet => [$"-m auto: {e.Slots} transfers at once on each source"],
        RunPaused => ["paused: nothing new is started"],
        RunContinued => ["going on"],
        RunStopping { Kill: false } => ["stopping: what runs may end; once more ends it now"],
        RunStopping => ["ending all transfers"],
        ServedCannotServe => ["the hosts that were served can't log in to others: from here on only the given sources serve"],
        SourcesExhausted e => [$"no source is left; {e.Remaining} target{(e.Remaining == 1 ? " was" : "s were")} not tried"],
        _ => [],
    };

    private List<string> Failed(TransferFailed e)
    {
        string what = e.RetryAt is not null ? "failed, will be tried again" : "failed";
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
