namespace TreePush.Relay.Files;

/// <summary>How DEST is interpreted, and what may be done to it.</summary>
/// <param name="SourceIsFile">Whether SRC is a single file. DEST is then the file, or the directory that contains it if DEST ends in a slash.</param>
/// <param name="SourceName">The name of the single file at the source, used if DEST is its directory.</param>
/// <param name="Force">Whether a directory may be replaced by a file, with its contents, and the reverse.</param>
internal sealed record TargetOptions(bool SourceIsFile, ReadOnlyMemory<byte> SourceName, bool Force);
