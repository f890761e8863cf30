using TreePush.Relay.Files;

namespace TreePush.Relay.Sources;

/// <summary>The files of whoever writes the ledger.</summary>
internal interface ILedgerFiles
{
    /// <summary>Reads a part of a file.</summary>
    /// <returns>The bytes read; fewer than asked for at the end of the file.</returns>
    /// <exception cref="FileFaultException">It can't be opened or read.</exception>
    int Read(int entry, PieceExtent extent, Span<byte> bytes);

    /// <summary>What became of the file since it was listed.</summary>
    /// <exception cref="FileFaultException">It can't be looked at.</exception>
    FileState StateOf(int entry);

    /// <summary>The entry as the file is now; null if it is none any more.</summary>
    /// <exception cref="FileFaultException">It can't be looked at.</exception>
    ManifestEntry? ListAnew(ManifestEntry entry);

    /// <summary>Whether the file is proven to be gone, so that targets may delete it. Asked after something failed on it.</summary>
    bool IsGone(ManifestEntry entry);
}
