namespace TreePush.Core.Manifests;

/// <summary>Where in a path a wildcard has to match; it always has to reach the end.</summary>
/// <param name="AnyComponent">It may begin at any component, not only the first.</param>
/// <param name="SlashBefore">The path is taken with a slash in front.</param>
/// <param name="SlashBehind">The path is taken with a slash at its end.</param>
internal readonly record struct WildcardPlace(bool AnyComponent, bool SlashBefore, bool SlashBehind);
