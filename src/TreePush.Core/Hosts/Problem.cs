namespace TreePush.Core.Hosts;

/// <summary>Something wrong with the user's input. All problems are collected and shown together, before any host is contacted.</summary>
/// <param name="Where">The file or option, with line and column if known: <c>hosts.txt:3:7</c>, <c>-s</c>; empty if there is none.</param>
/// <param name="What">What is wrong, with the faulty text in quotes.</param>
/// <param name="Hint">What to do about it, or null if that is obvious.</param>
public sealed record Problem(string Where, string What, string? Hint = null)
{
    public override string ToString() => Hint is null ? $"{Where}: {What}" : $"{Where}: {What} (hint: {Hint})";
}
