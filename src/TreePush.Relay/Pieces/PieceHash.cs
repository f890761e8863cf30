using System.Security.Cryptography;

namespace TreePush.Relay.Pieces;

/// <summary>
/// Computes the SHA-256 of pieces, for one thread. The hash of a piece of zeros is reused while the length is the same: sparse
/// files consist of such pieces, and hashing them would be most of their cost.
/// </summary>
internal sealed class PieceHash
{
    private readonly byte[] _ofZeros = new byte[SHA256.HashSizeInBytes];
    private int _zeros = -1;

    /// <summary>Whether the bytes are what the source hashed. The hash of the piece must be known.</summary>
    public bool IsRight(PieceInventory inventory, int piece, ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Compute(content, hash);
        lock (inventory.Gate) return hash.SequenceEqual(inventory.Catalog.HashOf(piece));
    }

    /// <param name="hash">The result, of <see cref="SHA256.HashSizeInBytes"/> bytes.</param>
    public void Compute(ReadOnlySpan<byte> content, Span<byte> hash)
    {
        bool isZeros = content.IndexOfAnyExcept((byte)0) < 0;
        if (isZeros && content.Length == _zeros)
        {
            _ofZeros.CopyTo(hash);
            return;
        }

        SHA256.HashData(content, hash);
        if (!isZeros) return;
        hash.CopyTo(_ofZeros);
        _zeros = content.Length;
    }
}
