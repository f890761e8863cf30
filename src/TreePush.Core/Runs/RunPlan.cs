namespace TreePush.Core.Runs;

/// <summary>The plan of a run: what every job has.</summary>
/// <param name="Sources">The hosts that have the files (<c>-s</c>).</param>
/// <param name="Targets">The hosts that want the files, in the order of their list.</param>
public abstract record RunPlan(IReadOnlyList<Host> Sources, IReadOnlyList<Host> Targets)
{
    /// <summary>The run's id. It, the version and the description of the run appear in the run's first event.</summary>
    public string Run { get; init; } = "";

    public string Version { get; init; } = "";

    public string Command { get; init; } = "";

    /// <summary>The targets that an earlier part of the same run has served. They count as served and are not served again.</summary>
    public IReadOnlyCollection<HostName> Served { get; init; } = [];

    /// <summary>Returns the run's first event.</summary>
    internal RunStarted Started(JobKind job, bool dryRun, DateTimeOffset now) =>
        new(now, Version, Run, job, Command, Sources.Count, Targets.Count, Served.Count, dryRun);
}
