using System.Security.Cryptography;
using TreePush.Core.Wire;

namespace TreePush.Core.Manifests;

/// <summary>
/// The manifest as far as it is known, with the pieces of all files numbered through, and the hashes of those that the
/// source has read. Only ever grows: an entry that is withdrawn keeps its number.
/// </summary>
/// <param name="pieceSize">The run's piece size; see <see cref="PieceSize"/>.</param>
public sealed class Catalog(int pieceSize)
{
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>What one ledger may list.</summary>
    public const int MostEntries = 1 << 28;

    private const int ChunkBits = 8;

    private readonly List<ManifestEntry> _entries = [];
    private readonly List<int> _firstPiece = [];
    private readonly List<byte[]?> _hashes = [];
    private readonly PieceSet _withdrawn = new();

    public int PieceSizeOfRun => pieceSize;

    public IReadOnlyList<ManifestEntry> Entries => _entries;

    /// <summary>Pieces in all entries.</summary>
    public int Pieces { get; private set; }

    /// <summary>Bytes in all files.</summary>
    public long Bytes { get; private set; }

    /// <summary>Pieces whose hash is known.</summary>
    public PieceSet Hashed { get; } = new();

    /// <returns>The entry's number.</returns>
    /// <exception cref="WireException">There are more than there can be.</exception>
    public int Add(ManifestEntry entry)
    {
        long pieces = Pieces + CountPieces(entry);
        if (_entries.Count == MostEntries || pieces > PieceRange.MostPieces) throw new WireException("the manifest lists more than a run can have");
        _entries.Add(entry);
        _firstPiece.Add(Pieces);
        Pieces = (int)pieces;
        Bytes += entry.Size;
        return _entries.Count - 1;
    }

    /// <summary>The entry's pieces; none for one without content.</summary>
    public PieceRange PiecesOf(int entry)
    {
        int first = _firstPiece[entry];
        return new PieceRange(first, (entry + 1 < _firstPiece.Count ? _firstPiece[entry + 1] : Pieces) - first);
    }

    /// <summary>The entry that a piece is of.</summary>
    public int EntryOf(int piece)
    {
        // The last one that begins there or before: entries without pieces have the number of the next one that has some.
        // Asked for each piece, and hence not left to the list's own search, which the relay would have to compile as it runs.
        int first = 0, end = _firstPiece.Count;
        while (first < end)
        {
            int middle = (first + end) >>> 1;
            if (_firstPiece[middle] <= piece) first = middle + 1;
            else end = middle;
        }

        return first - 1;
    }

    /// <summary>Where in its file a piece lies.</summary>
    public PieceExtent ExtentOf(int entry, int piece)
    {
        long size = _entries[entry].Size;
        int length = PieceSize.ForFile(size, pieceSize);
        long offset = (long)(piece - _firstPiece[entry]) * length;
        return new PieceExtent(offset, (int)Math.Min(length, size - offset));
    }

    public void SetHash(int piece, ReadOnlySpan<byte> hash)
    {
        int chunk = piece >> ChunkBits;
        while (_hashes.Count <= chunk) _hashes.Add(null);
        byte[] hashes = _hashes[chunk] ??= new byte[HashSize << ChunkBits];
        hash.CopyTo(hashes.AsSpan((piece & ((1 << ChunkBits) - 1)) * HashSize, HashSize));
        Hashed.Add(piece);
    }

    /// <summary>The hash of a piece in <see cref="Hashed"/>.</summary>
    public ReadOnlySpan<byte> HashOf(int piece) =>
        _hashes[piece >> ChunkBits]!.AsSpan((piece & ((1 << ChunkBits) - 1)) * HashSize, HashSize);

    /// <returns>False if it was withdrawn before.</returns>
    public bool Withdraw(int entry)
    {
        if (!_withdrawn.Add(entry)) return false;
        Bytes -= _entries[entry].Size;
        return true;
    }

    public bool IsWithdrawn(int entry) => _withdrawn.Contains(entry);

    private long CountPieces(ManifestEntry entry)
    {
        if (entry.Kind != EntryKind.File) return 0;
        long size = PieceSize.ForFile(entry.Size, pieceSize);
        return (entry.Size + size - 1) / size;
    }
}
