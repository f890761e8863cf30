namespace TreePush.Core.Runs;

/// <summary>A host's proof that it has everything.</summary>
/// <param name="Entries">Entries in the manifest.</param>
/// <param name="Bytes">Bytes in all its files.</param>
/// <param name="Received">Bytes of content that came over links to this host.</param>
/// <param name="Sent">Bytes of content that it had passed on by then.</param>
/// <param name="Written">Files that were written.</param>
/// <param name="Deleted">Entries that were deleted.</param>
/// <param name="Digest">SHA-256 over the manifest without what was withdrawn, in hex: equal on all hosts of a run.</param>
public sealed record Receipt(int Entries, long Bytes, long Received, long Sent, int Written, int Deleted, string Digest);
