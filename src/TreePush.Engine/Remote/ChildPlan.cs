namespace TreePush.Engine.Remote;

/// <summary>A program to start on this machine.</summary>
internal sealed record ChildPlan(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Environment variables for the program, in addition to those it inherits.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Interprets the exit status (null: none was reported), given the last lines that were printed.</summary>
    public Func<int?, IReadOnlyList<string>, ProgramExit> Judge { get; init; } = (status, _) => new ProgramExit(status, null);

    /// <summary>Disposed of when the program has logged in, or when it ends: what only the login needs.</summary>
    public IDisposable? Companion { get; init; }
}
