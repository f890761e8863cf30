namespace TreePush.Core.Manifests;

/// <summary>Where in a path a wildcard must match. The match always reaches the end of the path.</summary>
/// <param name="AnyComponent">The match may begin at any component, not only at the first.</param>
/// <param name="SlashBefore">The path is matched with a slash in front of it.</param>
/// <param name="SlashBehind">The path is matched with a slash at its end.</param>
internal readonly record struct WildcardPlace(bool AnyComponent, bool SlashBefore, bool SlashBehind);
