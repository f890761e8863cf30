using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>How a run ended.</summary>
/// <param name="Served">Targets that have the files, including those that an earlier part of the run served.</param>
/// <param name="Failed">Targets that were given up, and why.</param>
public sealed record RunResult(RunFinished Finished, IReadOnlySet<HostName> Served, IReadOnlyDictionary<HostName, Failure> Failed)
{
    public bool IsComplete => Finished is { Failed: 0, NotTried: 0 };
}
