using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;

namespace TreePush.Cli.Output.Console;

/// <summary>A sync as plain lines.</summary>
/// <param name="quiet">Show only failures.</param>
internal sealed class SyncLines(TextWriter writer, SyncTally tally, bool quiet) : PlainOutput(writer, tally)
{
    private const int TailLines = 3;

    /// <summary>
    /// The number of file warnings that are printed: a tree in which every file has one must not hide everything else.
    /// The log has all of them.
    /// </summary>
    private const int MostWarnings = 20;

    private int _warnings;

    protected override IEnumerable<string> Lines(RunEvent happened) => happened switch
    {
        RunStarted e when !quiet => [$"run {e.Run}: {Targets(e.Targets, e.Served, e.Sources)}" + (e.DryRun ? "; dry run, nothing is changed" : "")],
        SourceScanned e when !quiet => [$"{e.Source} has {Entries(e.Entries)}, {Amounts.Size(e.Bytes)}" + LeftOut(e)],
        TopologyChosen { Topology.Kind: not TopologyKind.Auto } e when !quiet && !tally.IsDryRun => [$"topology: {Shape(e.Topology)}"],
        TargetServed { Receipt: { } receipt } e when !quiet => [$"{Progress()} {e.Target} {Delivered(e, receipt)}"],
        TargetSkipped e when !quiet => [$"{e.Target} is skipped: it is also a source"],
        TargetFailed e when e.Failure.Kind != FailureKind.Interrupted => Failed($"{Progress()} {e.Target} FAILED", e.Failure),
        HostLost e when e.Failure.Kind != FailureKind.Interrupted && WasAsked(e.Host) => Failed($"{e.Host} is lost", e.Failure),
        LinkFailed e when !quiet => [$"the link from {e.Parent} to {e.Child} failed: {DisplayText.Line(e.Message)}"],
        HostDemoted e when !quiet => [$"{e.Host} is slow ({Amounts.Rate(e.Rate)}, others {Amounts.Rate(e.Typical)}): it is demoted to the end of the chain"],
        HostStalled e when !quiet => [$"the disk of {e.Host} has not responded for {e.Stalled.TotalSeconds:0} s: its children receive from other hosts"],
        HostExcluded e when !tally.Failed.ContainsKey(e.Host) => [$"{e.Host} is excluded as a parent: {DisplayText.Line(e.Reason)}"],
        SourceReplaced e => [$"the source {e.Source} is lost; {e.Successor}, which has everything, takes its place"],
        FileWarning e => Warned(e),
        RunStopping { Kill: false } => ["stopping: hosts that are nearly done may finish; a second ^C or quit stops now"],
        RunStopping => ["stopping now"],
        SourcesExhausted e => [$"no source is left; {e.Remaining} target{(e.Remaining == 1 ? " was" : "s were")} not served"],
        _ => [],
    };

    /// <summary>
    /// A topology in words: <c>chain</c>, <c>2 chains from each source</c>, <c>tree, 3 children for each host</c>.
    /// </summary>
    public static string Shape(Topology topology) => topology.Kind switch
    {
        TopologyKind.Chain => topology.Width == 1 ? "chain" : $"{topology.Width} chains from each source",
        TopologyKind.Tree => $"tree, {topology.Width} children for each host",
        _ => "auto",
    };

    /// <summary>
    /// Whether the loss of a host needs a line of its own. For a target that is not served, <see cref="TargetFailed"/>
    /// has one.
    /// </summary>
    private bool WasAsked(HostName host) => tally.Hosts[host] is var lost && (lost.IsSource || (lost.Delivered is not null && !quiet));

    /// <summary>A number of entries in words.</summary>
    public static string Entries(int count) => $"{count} entr{(count == 1 ? "y" : "ies")}";

    private static string LeftOut(SourceScanned e) =>
        (e.Skipped > 0 ? $"; {e.Skipped} skipped" : "") + (e.Unread > 0 ? $"; {e.Unread} could not be read: nothing will be deleted" : "");

    private string Delivered(TargetServed e, Receipt receipt)
    {
        string deletions = receipt.Deleted > 0 ? $", {Entries(receipt.Deleted)} deleted" : "";
        if (receipt.Received == 0) return (receipt.Written == 0 ? "has everything" : $"has everything, {receipt.Written} written") + deletions;
        string rate = tally.Hosts[e.Target].MeanRate is { } mean ? $", {Amounts.Rate(mean)}" : "";
        string from = e.Source is { } parent ? $" from {parent}" : "";
        return $"delivered{from}: {Amounts.Size(receipt.Received)}{rate}, after {Durations.Show(e.Took)}{deletions}";
    }

    private List<string> Failed(string what, Failure failure)
    {
        List<string> lines = [$"{what}: {DisplayText.Line(failure.Message)}"];
        lines.AddRange((failure.Tail ?? []).Where(l => !failure.Message.EndsWith(l, StringComparison.Ordinal)).TakeLast(TailLines).Select(l => "  | " + DisplayText.Line(l)));
        AddHint(failure, lines);
        return lines;
    }

    private IEnumerable<string> Warned(FileWarning e)
    {
        _warnings++;
        if (_warnings == MostWarnings + 1) return ["further file warnings are in the log"];
        string path = e.Path.Length > 0 ? DisplayText.Line(e.Path, 200) + ": " : "";
        return _warnings > MostWarnings ? [] : [$"{e.Host}: {path}{DisplayText.Line(e.Message)}"];
    }
}
