using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>Shows a run of one job, a push or a sync, to people.</summary>
internal interface IRunView
{
    RunTally Tally { get; }

    /// <summary>The plain lines for the run's events.</summary>
    /// <param name="quiet">Show only failures.</param>
    PlainOutput Plain(TextWriter writer, bool quiet);

    /// <summary>
    /// One frame of the live view. It is called on another thread than the one that updates the tally, and locks the
    /// tally.
    /// </summary>
    /// <param name="typed">The text on the command line.</param>
    /// <param name="width">The terminal's width and height in characters.</param>
    IReadOnlyList<Line> Frame(string typed, DateTimeOffset now, int width, int height);

    /// <summary>The results, for standard output.</summary>
    /// <param name="succeeded">All targets that were served, by this or an earlier part of the run.</param>
    IEnumerable<string> Results(IReadOnlyCollection<HostName> succeeded, IReadOnlyCollection<HostName> notTried);

    /// <summary>A failed target in one line: the host, the reason, and its source.</summary>
    string Reason(TargetFailed failure);

    /// <summary>The result of the run in one line.</summary>
    /// <param name="targets">The number of targets.</param>
    string LastLine(RunFinished finished, int targets);
}
