namespace TreePush.Core.Wire;

/// <summary>The kind of a ledger page.</summary>
public enum LedgerKind : byte
{
    /// <summary>The first page: how files are cut into pieces, and whether SRC is a single file.</summary>
    Begin = 1,

    /// <summary>Entries of the manifest, in order. After <see cref="Manifest"/>: entries that replace a withdrawn one.</summary>
    Entries = 2,

    /// <summary>The manifest is complete.</summary>
    Manifest = 3,

    /// <summary>The SHA-256 of pieces.</summary>
    Hashes = 4,

    /// <summary>An entry is not available, or not as it was listed.</summary>
    Withdrawn = 5,

    /// <summary>Paths of SRC that are not copied. Targets leave these paths alone.</summary>
    Skipped = 6,
}
