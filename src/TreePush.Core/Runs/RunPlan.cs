namespace TreePush.Core.Runs;

/// <summary>A run before it starts: what every job has.</summary>
/// <param name="Sources">The hosts that have the files (<c>-s</c>).</param>
/// <param name="Targets">The hosts that want them, in the order of their list.</param>
public abstract record RunPlan(IReadOnlyList<Host> Sources, IReadOnlyList<Host> Targets)
{
    /// <summary>The run's id, the program's version, and what the run does in words: for those who read its events.</summary>
    public string Run { get; init; } = "";

    public string Version { get; init; } = "";

    public string Command { get; init; } = "";

    /// <summary>Targets that an earlier part of the same run has served: they count, and are not served again.</summary>
    public IReadOnlyCollection<HostName> Served { get; init; } = [];

    /// <summary>The run's first event.</summary>
    internal RunStarted Started(JobKind job, bool dryRun, DateTimeOffset now) =>
        new(now, Version, Run, job, Command, Sources.Count, Targets.Count, Served.Count, dryRun);
}
