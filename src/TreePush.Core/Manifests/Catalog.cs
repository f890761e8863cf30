using System.Security.Cryptography;
using TreePush.Core.Wire;

namespace TreePush.Core.Manifests;

/// <summary>
/// The manifest as known so far. It numbers the pieces of all files consecutively and holds the hashes of the pieces that the
/// source has read. It only grows: a withdrawn entry keeps its number.
/// </summary>
/// <param name="pieceSize">The run's piece size; see <see cref="PieceSize"/>.</param>
public sealed class Catalog(int pieceSize)
{
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>The most entries that one ledger may list.</summary>
    public const int MostEntries = 1 << 28;

    private const int ChunkBits = 8;

    private readonly List<ManifestEntry> _entries = [];
    private readonly List<int> _firstPiece = [];
    private readonly List<byte[]?> _hashes = [];
    private readonly PieceSet _withdrawn = new();

    public int PieceSizeOfRun => pieceSize;

    public IReadOnlyList<ManifestEntry> Entries => _entries;

    /// <summary>The number of pieces of all entries.</summary>
    public int Pieces { get; private set; }

    /// <summary>The size of all files that are not withdrawn, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The pieces whose hash is known.</summary>
    public PieceSet Hashed { get; } = new();

    /// <returns>The entry's number.</returns>
    /// <exception cref="WireException">The manifest has too many entries or pieces.</exception>
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

    /// <summary>Returns the entry's pieces; an empty range if the entry has no content.</summary>
    public PieceRange PiecesOf(int entry)
    {
        int first = _firstPiece[entry];
        return new PieceRange(first, (entry + 1 < _firstPiece.Count ? _firstPiece[entry + 1] : Pieces) - first);
    }

    /// <summary>Returns the entry that a piece belongs to.</summary>
    public int EntryOf(int piece)
    {
        // Find the last entry that begins at or before the piece. An entry without pieces has the same first piece as the next
        // entry that has some. This runs for each piece, and List.BinarySearch would be compiled at run time where the relay is
        // not machine code.
        int first = 0, end = _firstPiece.Count;
        while (first < end)
        {
            int middle = (first + end) >>> 1;
            if (_firstPiece[middle] <= piece) first = middle + 1;
            else end = middle;
        }

        return first - 1;
    }

    /// <summary>Returns where a piece is in its file.</summary>
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

    /// <summary>Returns the hash of a piece that is in <see cref="Hashed"/>.</summary>
    public ReadOnlySpan<byte> HashOf(int piece) =>
        _hashes[piece >> ChunkBits]!.AsSpan((piece & ((1 << ChunkBits) - 1)) * HashSize, HashSize);

    /// <returns>False if the entry was already withdrawn.</returns>
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
