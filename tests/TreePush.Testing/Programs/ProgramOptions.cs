namespace TreePush.Testing;

/// <summary>How the controller runs a program.</summary>
public sealed record ProgramOptions
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Where it runs; the fleet's data directory unless told otherwise.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables to set, or with null to remove, in the small environment that every program is given.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// What it reads from standard input, which then ends. Null: nothing, when it is run; whatever is written, when started.
    /// </summary>
    public string? Input { get; init; }

    /// <summary>From its start on. A program that takes longer is killed.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;
}
