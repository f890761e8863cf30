using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>Shows a push.</summary>
internal sealed class PushView(PushTally tally) : IRunView
{
    public RunTally Tally => tally;

    public PlainOutput Plain(TextWriter writer, bool quiet) => new PushLines(writer, tally, quiet);

    public IReadOnlyList<Line> Frame(string typed, DateTimeOffset now, int width, int height)
    {
        lock (tally) return LiveFrame.Of(tally, typed, now, width, height);
    }

    public IEnumerable<string> Results(IReadOnlyCollection<HostName> succeeded, IReadOnlyCollection<HostName> notTried) =>
        Summary.Lists(succeeded, [.. tally.Failed.Values], notTried, Reason).Concat(ShowLines.SetAside(tally));

    public string Reason(TargetFailed failure) => Summary.Reason(failure) + Attempts(failure);

    public string LastLine(RunFinished finished, int targets) => Summary.LastLine(finished, targets);

    private static string Attempts(TargetFailed failure) =>
        $" (from {failure.Source}, {failure.Attempts} attempt{(failure.Attempts == 1 ? "" : "s")})";
}
