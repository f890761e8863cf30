namespace TreePush.Relay.Files;

/// <summary>How SRC is listed.</summary>
/// <param name="WithOwners">Whether entries say whom they belong to.</param>
/// <param name="OneFileSystem">Mount points are entries, and are not entered.</param>
internal readonly record struct ScanOptions(bool WithOwners = false, bool OneFileSystem = false);
