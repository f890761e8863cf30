namespace TreePush.Relay.Files;

/// <summary>What may be deleted from DEST.</summary>
/// <param name="KindInManifest">The kind of the manifest's entry of that path, or null where it has none.</param>
/// <param name="Filter">What it excludes is left alone.</param>
/// <param name="DryRun">Only tell.</param>
internal sealed record DeletionRules(Func<RelativePath, EntryKind?> KindInManifest, PathFilter Filter, bool DryRun)
{
    /// <summary>What the source has there and does not bring: it is left alone with all it holds.</summary>
    public IReadOnlySet<RelativePath> Skipped { get; init; } = new HashSet<RelativePath>();

    /// <summary>Mount points are left alone without a word.</summary>
    public bool OneFileSystem { get; init; }
}
