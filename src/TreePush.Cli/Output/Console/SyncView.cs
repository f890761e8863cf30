using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;

namespace TreePush.Cli.Output.Console;

/// <summary>Shows a sync.</summary>
internal sealed class SyncView(SyncTally tally) : IRunView
{
    public RunTally Tally => tally;

    public PlainOutput Plain(TextWriter writer, bool quiet) => new SyncLines(writer, tally, quiet);

    public IReadOnlyList<Line> Frame(string typed, DateTimeOffset now, int width, int height)
    {
        lock (tally) return SyncFrame.Of(tally, typed, now, width, height);
    }

    public IEnumerable<string> Results(IReadOnlyCollection<HostName> succeeded, IReadOnlyCollection<HostName> notTried)
    {
        IReadOnlyCollection<TargetFailed> failures = [.. tally.Failed.Values];
        if (!tally.IsDryRun) return Summary.Lists(succeeded, failures, notTried, Reason);
        var needs = NeedLines.Of(tally.Hosts.Values);
        return failures.Count > 0 ? needs.Concat(Summary.Failed(failures, Reason)) : needs;
    }

    public string Reason(TargetFailed failure) => Summary.Reason(failure) + (failure.Source is { } source ? $" (from {source})" : "");

    public string LastLine(RunFinished finished, int targets)
    {
        if (tally.IsDryRun) return $"{finished.Succeeded + finished.Failed} of {targets} asked in {Durations.Show(finished.Took)}; nothing was changed" + LeftOut();
        return Summary.LastLine(finished, targets) + Sum(finished.Took) + LeftOut();
    }

    /// <summary>The entries of SRC that were not copied, on purpose or not.</summary>
    private string LeftOut()
    {
        if (tally.Scan is not { } scan) return "";
        string skipped = scan.Skipped > 0 ? $"; {SyncLines.Entries(scan.Skipped)} of SRC skipped (not a file, directory or symbolic link, or below a mount point)" : "";
        return skipped + (scan.Unread > 0 ? $"; {SyncLines.Entries(scan.Unread)} of SRC could not be read, so nothing was deleted and no target has everything" : "");
    }

    /// <summary>The bytes that all targets received together, and the rate.</summary>
    private string Sum(TimeSpan took)
    {
        long[] received = [.. tally.Hosts.Values.Where(h => h.Receipt is not null).Select(h => h.Receipt!.Received)];
        long sum = received.Sum();
        if (sum == 0) return received.Length > 0 ? "; nothing had to be sent" : "";
        bool areEqual = received.Length > 1 && received.Distinct().Count() == 1;
        string what = areEqual ? $"{received.Length} hosts × {Amounts.Size(received[0])}" : Amounts.Size(sum);
        return $"; {what} in {Durations.Show(took)} = {Amounts.Rate(sum / Math.Max(took.TotalSeconds, 0.001))} in all";
    }
}
