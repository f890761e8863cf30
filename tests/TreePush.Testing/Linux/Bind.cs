
namespace TreePush.Testing;

/// <summary>A directory or file that a namespace sees in the place of another.</summary>
/// <param name="Source">What is shown.</param>
/// <param name="Target">Where it is shown; it must exist.</param>
/// <param name="Options">Mount options of its own, such as noexec; none if empty.</param>
internal sealed record Bind(string Source, string Target, string Options = "");
