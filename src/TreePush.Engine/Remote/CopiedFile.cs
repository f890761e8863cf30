namespace TreePush.Engine.Remote;

/// <summary>A file that a host has now: whole, flushed to the disk, and under its name.</summary>
/// <param name="Folder">The folder's full path.</param>
/// <param name="Path">The file's full path.</param>
/// <param name="IsHashed">The host has compared the SHA-256, and not only the length: it has a program for that.</param>
/// <param name="WasThere">The host had the file already; nothing was sent.</param>
public sealed record CopiedFile(string Folder, string Path, bool IsHashed, bool WasThere);
