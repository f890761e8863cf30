namespace TreePush.Cli.Output.Queueing;

/// <summary>A task as <c>tasks --json</c> shows it.</summary>
internal sealed record TaskReport(string Task, string Path, long Size, string Sha256, string State, int Slots, int MaxAttempts, DateTimeOffset Created)
{
    public int Finished { get; init; }

    public int Running { get; init; }

    public int Failed { get; init; }

    public int Waiting { get; init; }

    /// <summary>Only of one task, as the rest.</summary>
    public int? Silent { get; init; }

    /// <summary>Bytes per second.</summary>
    public long? Rate { get; init; }

    public long? LeftMs { get; init; }

    public IReadOnlyList<TaskHostStatus>? Hosts { get; init; }
}

/// <summary>A host of a task.</summary>
internal sealed record TaskHostStatus(
    string Host, string? Zone, string State, string? Source, int Attempts, DateTimeOffset? Since, DateTimeOffset? Ended, string? Reason, int Serving);
