using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>Collects the events of a run of one job, and builds the report page from them.</summary>
internal interface IReportFold : IRunObserver
{
    /// <param name="exitCode">The run's exit code, which the page shows.</param>
    string Page(int exitCode);
}
