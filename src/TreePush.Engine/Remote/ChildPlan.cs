namespace TreePush.Engine.Remote;

/// <summary>A program to be started here.</summary>
internal sealed record ChildPlan(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>What it finds in its environment besides ours.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What its exit status means, or none, with the last lines that were printed.</summary>
    public Func<int?, IReadOnlyList<string>, ProgramExit> Judge { get; init; } = (status, _) => new ProgramExit(status, null);

    /// <summary>What goes when the program has logged in, or at its end.</summary>
    public IDisposable? Companion { get; init; }
}
