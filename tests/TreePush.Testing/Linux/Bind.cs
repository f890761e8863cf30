namespace TreePush.Testing;

/// <summary>A directory or file that a namespace sees in the place of another.</summary>
/// <param name="Source">What is shown.</param>
/// <param name="Target">Where it is shown; it must exist.</param>
internal sealed record Bind(string Source, string Target);
