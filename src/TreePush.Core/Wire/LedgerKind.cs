namespace TreePush.Core.Wire;

/// <summary>What a frame of the ledger tells.</summary>
public enum LedgerKind : byte
{
    /// <summary>The first: how files are cut into pieces, and whether SRC is a single file.</summary>
    Begin = 1,

    /// <summary>Entries of the manifest, in order; after <see cref="Manifest"/> those that take the place of a withdrawn one.</summary>
    Entries = 2,

    /// <summary>The manifest is complete.</summary>
    Manifest = 3,

    /// <summary>SHA-256 of pieces.</summary>
    Hashes = 4,

    /// <summary>An entry is not to be had, or not as it was.</summary>
    Withdrawn = 5,

    /// <summary>Paths that SRC has and that are not brought: targets leave alone what they have there.</summary>
    Skipped = 6,
}
