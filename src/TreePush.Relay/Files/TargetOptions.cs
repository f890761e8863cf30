namespace TreePush.Relay.Files;

/// <summary>How DEST is meant and what may be done to it.</summary>
/// <param name="SourceIsFile">SRC is a single file: DEST is the file, or the directory it goes into if DEST ends in a slash.</param>
/// <param name="SourceName">The file's name at the source, needed only for the latter.</param>
/// <param name="Force">A directory may be replaced by a file, with all it holds, and the reverse.</param>
internal sealed record TargetOptions(bool SourceIsFile, ReadOnlyMemory<byte> SourceName, bool Force);
