using TreePush.Core.Broadcasting;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Cli.Output.Console;

/// <summary>A sync as plain lines.</summary>
/// <param name="quiet">Failures only.</param>
internal sealed class SyncLines(TextWriter writer, SyncTally tally, bool quiet) : PlainOutput(writer, tally)
{
    private const int TailLines = 3;

    /// <summary>A tree in which every file has something odd about it must not hide the rest; the log has them all.</summary>
    private const int MostNotices = 20;

    private int _notices;

    protected override IEnumerable<string> Lines(RunEvent happened) => happened switch
    {
        SyncStarted e when !quiet => [Text($"run {e.Run}: {Targets(e.Targets, e.Served, e.Sources)}") + (e.DryRun ? "; dry run, nothing is changed" : "")],
        SourceSurveyed e when !quiet => [Text($"{e.Source} has {Entries(e.Entries)}, {Amounts.Size(e.Bytes)}") + LeftOut(e)],
        TopologyChosen { Topology.Kind: not TopologyKind.Auto } e when !quiet && !tally.IsDryRun => [$"the hosts stand in {Shape(e.Topology)}"],
        TargetDelivered e when !quiet => [$"{Progress()} {e.Target} {Delivered(e)}"],
        TargetSkipped e when !quiet => [$"{e.Target} is a source itself"],
        TargetFailed e when e.Failure.Kind != FailureKind.Interrupted => Failed($"{Progress()} {e.Target} FAILED", e.Failure),
        HostLost e when e.Failure.Kind != FailureKind.Interrupted && WasAsked(e.Host) => Failed($"{e.Host} is lost", e.Failure),
        LinkFailed e when !quiet => [$"{e.Child} can't go on receiving from {e.Parent}: {DisplayText.Line(e.Message)}"],
        HostMovedBack e when !quiet => [$"{e.Host} is slow ({Amounts.Rate(e.Rate)}, others {Amounts.Rate(e.Typical)}): it was moved to where it holds nobody back"],
        HostStalled e when !quiet => [Text($"the disk of {e.Host} has not responded for {e.Stalled.TotalSeconds:0} s: hosts behind it receive from others")],
        HostServesNoMore e when !tally.Failed.ContainsKey(e.Host) => [$"{e.Host} serves no more: {DisplayText.Line(e.Reason)}"],
        SourceReplaced e => [$"the source {e.Source} is gone; {e.Successor}, which has everything, takes its place"],
        FileNoticed e => Noticed(e),
        RunStopping { Kill: false } => ["stopping: hosts near their end may reach it; once more ends all now"],
        RunStopping => ["ending"],
        SourcesExhausted e => [Text($"no source is left; {e.Remaining} target{(e.Remaining == 1 ? " was" : "s were")} not served")],
        _ => [],
    };

    /// <summary>A topology in words: <c>1 chain</c>, <c>a tree of 3 children each</c>.</summary>
    public static string Shape(Topology topology) => topology.Kind switch
    {
        TopologyKind.Chain => topology.Width == 1 ? "a chain" : Text($"{topology.Width} chains from each source"),
        TopologyKind.Tree => Text($"a tree, {topology.Width} below each host"),
        _ => "any shape",
    };

    /// <summary>Whether the loss of a host must be told by itself: of a target that is not served <see cref="TargetFailed"/> tells.</summary>
    private bool WasAsked(HostName host) => tally.Hosts[host] is var lost && (lost.IsSource || (lost.Delivered is not null && !quiet));

    /// <summary>A number of entries in words.</summary>
    public static string Entries(int count) => Text($"{count} entr{(count == 1 ? "y" : "ies")}");

    private static string LeftOut(SourceSurveyed e) =>
        (e.Skipped > 0 ? Text($"; {e.Skipped} skipped") : "") + (e.Unread > 0 ? Text($"; {e.Unread} could not be read: nothing will be deleted") : "");

    private string Delivered(TargetDelivered e)
    {
        string deletions = e.Receipt.Deleted > 0 ? Text($", {Entries(e.Receipt.Deleted)} deleted") : "";
        if (e.Receipt.Received == 0) return (e.Receipt.Written == 0 ? "has everything" : Text($"has everything, {e.Receipt.Written} written")) + deletions;
        string rate = tally.Hosts[e.Target].MeanRate is { } mean ? $", {Amounts.Rate(mean)}" : "";
        string from = e.Parent is { } parent ? $" from {parent}" : "";
        return $"delivered{from}: {Amounts.Size(e.Receipt.Received)}{rate}, after {Durations.Show(e.Took)}{deletions}";
    }

    private List<string> Failed(string what, Failure failure)
    {
        List<string> lines = [$"{what}: {DisplayText.Line(failure.Message)}"];
        lines.AddRange((failure.Tail ?? []).Where(l => !failure.Message.EndsWith(l, StringComparison.Ordinal)).TakeLast(TailLines).Select(l => "  | " + DisplayText.Line(l)));
        AddHint(failure, lines);
        return lines;
    }

    private IEnumerable<string> Noticed(FileNoticed e)
    {
        _notices++;
        if (_notices == MostNotices + 1) return ["more of the like is in the log only"];
        string path = e.Path.Length > 0 ? DisplayText.Line(e.Path, 200) + ": " : "";
        return _notices > MostNotices ? [] : [$"{e.Host}: {path}{DisplayText.Line(e.Message)}"];
    }
}
