using System.Globalization;
using TreePush.Core.Broadcasting;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Cli.Output.Console;

/// <summary>A sync, as people see it.</summary>
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

    public string Reason(TargetFailed failure) => Summary.Reason(failure) + (failure.Source.Value.Length > 0 ? $" (from {failure.Source})" : "");

    public string LastLine(RunFinished finished, int targets)
    {
        if (tally.IsDryRun) return Text($"{finished.Succeeded + finished.Failed} of {targets} asked in {Durations.Show(finished.Took)}; nothing was changed") + LeftOut();
        return Summary.LastLine(finished, targets) + Sum(finished.Took) + LeftOut();
    }

    /// <summary>What of SRC is nowhere afterwards, on purpose or not.</summary>
    private string LeftOut()
    {
        if (tally.Survey is not { } survey) return "";
        string skipped = survey.Skipped > 0 ? Text($"; {SyncLines.Entries(survey.Skipped)} of SRC skipped: no file, directory or link, or below a mount point") : "";
        return skipped + (survey.Unread > 0 ? Text($"; {SyncLines.Entries(survey.Unread)} of SRC could not be read, so nothing was deleted and no target has everything") : "");
    }

    /// <summary>What was received by all together, and how fast that was.</summary>
    private string Sum(TimeSpan took)
    {
        long[] received = [.. tally.Hosts.Values.Where(h => h.Delivered is not null).Select(h => h.Delivered!.Receipt.Received)];
        long sum = received.Sum();
        if (sum == 0) return received.Length > 0 ? "; nothing had to be sent" : "";
        bool areEqual = received.Length > 1 && received.Distinct().Count() == 1;
        string what = areEqual ? Text($"{received.Length} hosts × {Amounts.Size(received[0])}") : Amounts.Size(sum);
        return $"; {what} in {Durations.Show(took)} = {Amounts.Rate(sum / Math.Max(took.TotalSeconds, 0.001))} in all";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
