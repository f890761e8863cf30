using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>How a run of one kind, a push or a sync, is shown to people.</summary>
internal interface IRunView
{
    RunTally Tally { get; }

    /// <summary>Plain lines for its events.</summary>
    /// <param name="quiet">Failures only.</param>
    PlainOutput Plain(TextWriter writer, bool quiet);

    /// <summary>One picture of the live view. It is made on another thread than the one that keeps the tally, and locks that.</summary>
    /// <param name="typed">What stands on the line to type on.</param>
    /// <param name="width">The terminal's width and height in characters.</param>
    IReadOnlyList<Line> Frame(string typed, DateTimeOffset now, int width, int height);

    /// <summary>The results, for standard output.</summary>
    /// <param name="succeeded">All that were served, by this or an earlier part of the run.</param>
    IEnumerable<string> Results(IReadOnlyCollection<HostName> succeeded, IReadOnlyCollection<HostName> notTried);

    /// <summary>A failed target in one line: who, why, and by whom.</summary>
    string Reason(TargetFailed failure);

    /// <summary>What the whole run came to, in one line.</summary>
    /// <param name="targets">How many there were.</param>
    string LastLine(RunFinished finished, int targets);
}
