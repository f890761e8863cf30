namespace TreePush.Relay.Files;

/// <summary>The options for listing SRC.</summary>
/// <param name="WithOwners">Whether entries contain their owner.</param>
/// <param name="OneFileSystem">Whether mount points are listed but not entered.</param>
internal readonly record struct ScanOptions(bool WithOwners = false, bool OneFileSystem = false);
