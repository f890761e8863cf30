namespace TreePush.Engine.Queueing;

/// <summary>What is submitted, and how.</summary>
public sealed record SubmitOptions
{
    /// <summary>The file; a relative path is one from the working directory.</summary>
    public required string Path { get; init; }

    /// <summary>How many hosts may pull from one source at a time.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>How often a host tries before it is given up.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The name under which this machine serves the file; null if it does not.</summary>
    public string? Source { get; init; }

    /// <summary>The zone of <see cref="Source"/>.</summary>
    public string? Zone { get; init; }
}
