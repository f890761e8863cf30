namespace TreePush.Relay.Files;

/// <summary>What may be deleted from DEST.</summary>
/// <param name="KindInManifest">Returns the kind of the manifest's entry with this path, or null if there is none.</param>
/// <param name="Filter">The filter; excluded paths are left alone.</param>
/// <param name="DryRun">Only report what would be deleted.</param>
internal sealed record DeletionRules(Func<RelativePath, EntryKind?> KindInManifest, PathFilter Filter, bool DryRun)
{
    /// <summary>The paths that the source has and does not copy. They are left alone, with their contents.</summary>
    public IReadOnlySet<RelativePath> Skipped { get; init; } = new HashSet<RelativePath>();

    /// <summary>Whether mount points are left alone without being reported.</summary>
    public bool OneFileSystem { get; init; }
}
