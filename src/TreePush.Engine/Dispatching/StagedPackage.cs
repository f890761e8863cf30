namespace TreePush.Engine.Dispatching;

/// <summary>The private copy of a file that arrived.</summary>
/// <param name="Id">Made of the name and the content.</param>
/// <param name="Name">One component of a path: any characters but a slash and NUL.</param>
/// <param name="File">The full path of the copy, which only this user can read.</param>
public sealed record StagedPackage(string Id, string Name, string File, long Size, string Sha256);
