using TreePush.Relay.Files;

namespace TreePush.Relay.Sources;

/// <summary>The files of the writer of the ledger.</summary>
internal interface ILedgerFiles
{
    /// <summary>Reads a part of a file.</summary>
    /// <returns>The number of bytes read. It is less than requested at the end of the file.</returns>
    /// <exception cref="FileFaultException">The file can't be opened or read.</exception>
    int Read(int entry, PieceExtent extent, Span<byte> bytes);

    /// <summary>Returns whether the file has changed since it was listed.</summary>
    /// <exception cref="FileFaultException">It can't be looked at.</exception>
    FileState StateOf(int entry);

    /// <summary>Returns the entry for the file as it is now; null if it is no longer a file, or if files are not listed anew here.</summary>
    /// <exception cref="FileFaultException">It can't be looked at.</exception>
    ManifestEntry? ListAnew(ManifestEntry entry);

    /// <summary>Whether the file is proven to be gone, so that targets may delete it. Called after an operation on it failed.</summary>
    bool IsGone(ManifestEntry entry);
}
