namespace TreePush.Core.Runs;

/// <summary>A host's proof that it has everything.</summary>
/// <param name="Entries">The number of entries in the manifest.</param>
/// <param name="Bytes">The size of all files in the manifest, in bytes.</param>
/// <param name="Received">The bytes of content that the host received over links.</param>
/// <param name="Sent">The bytes of content that the host had sent by then.</param>
/// <param name="Written">The number of files written.</param>
/// <param name="Deleted">The number of entries deleted.</param>
/// <param name="Digest">The SHA-256 of the manifest without its withdrawn entries, in hex. It is equal on all hosts of a run.</param>
public sealed record Receipt(int Entries, long Bytes, long Received, long Sent, int Written, int Deleted, string Digest);
