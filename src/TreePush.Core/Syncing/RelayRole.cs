namespace TreePush.Core.Syncing;

/// <summary>The role of a relay.</summary>
public enum RelayRole
{
    /// <summary>Reads SRC and writes the ledger.</summary>
    Source,

    /// <summary>A further <c>-s</c>: compares SRC with the ledger, changes nothing, and serves what is equal.</summary>
    Mirror,

    /// <summary>Makes DEST equal to the ledger, and serves other hosts.</summary>
    Target,
}
