using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>Events of a run of one kind, folded into the page that tells of it.</summary>
internal interface IReportFold : IRunObserver
{
    /// <param name="exitCode">What the run comes to, for the page to tell.</param>
    string Page(int exitCode);
}
