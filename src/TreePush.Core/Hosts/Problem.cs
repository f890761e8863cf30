namespace TreePush.Core.Hosts;

/// <summary>Something wrong with what the user gave: bad input is collected and shown all at once, before anything is contacted.</summary>
/// <param name="Where">The file or option, with line and column where there are any: <c>hosts.txt:3:7</c>, <c>-s</c>; empty where there is none.</param>
/// <param name="What">What is wrong, with the faulty text in quotes.</param>
/// <param name="Hint">What to do about it, or null where that is plain.</param>
public sealed record Problem(string Where, string What, string? Hint = null)
{
    public override string ToString() => Hint is null ? $"{Where}: {What}" : $"{Where}: {What} (hint: {Hint})";
}
