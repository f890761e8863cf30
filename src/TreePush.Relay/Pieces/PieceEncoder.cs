using System.IO.Compression;

namespace TreePush.Relay.Pieces;

/// <summary>Encodes pieces as frames. A piece of zeros is sent without content, and with <c>-z</c> compressible pieces are compressed.</summary>
internal sealed class PieceEncoder(PieceInventory inventory, IContent content, PieceBufferPool pool, bool compress)
{
    private const int HeaderSize = Frame.HeaderSize + PieceFrame.MostHeader;

    /// <summary>After a piece that did not compress, only every so many-th piece of the file is tried.</summary>
    private const int ProbeEvery = 16;

    private readonly PieceHash _hash = new();
    private int _stubborn = -1;

    /// <summary>Reads a piece, verifies it and encodes its frame.</summary>
    /// <returns>Null if the piece can't be read any more, or is not what was hashed.</returns>
    public PieceBuffer? Encode(int piece)
    {
        int entry;
        PieceExtent extent;
        lock (inventory.Gate)
        {
            entry = inventory.Catalog.EntryOf(piece);
            extent = inventory.Catalog.ExtentOf(entry, piece);
        }

        var buffer = pool.Rent(HeaderSize + extent.Length);
        var bytes = buffer.Bytes.AsSpan(HeaderSize, extent.Length);
        if (content.TryRead(entry, extent, bytes) && _hash.IsRight(inventory, piece, bytes)) return Frames(buffer, piece, entry, bytes);
        buffer.Release();
        return null;
    }

    private PieceBuffer Frames(PieceBuffer buffer, int piece, int entry, Span<byte> bytes)
    {
        if (bytes.IndexOfAnyExcept((byte)0) < 0) return Finish(buffer, piece, PieceCoding.Zero, []);
        if (!compress || (_stubborn == entry && piece % ProbeEvery != 0)) return Finish(buffer, piece, PieceCoding.Raw, bytes);
        var packed = pool.Rent(HeaderSize + bytes.Length);
        int room = bytes.Length - (bytes.Length / 16);
        if (BrotliEncoder.TryCompress(bytes, packed.Bytes.AsSpan(HeaderSize, room), out int length, quality: 1, window: 18))
        {
            _stubborn = -1;
            buffer.Release();
            return Finish(packed, piece, PieceCoding.Brotli, packed.Bytes.AsSpan(HeaderSize, length));
        }

        _stubborn = entry;
        packed.Release();
        return Finish(buffer, piece, PieceCoding.Raw, bytes);
    }

    /// <summary>Writes the headers and moves the content up to them, because they are shorter than the space reserved for them.</summary>
    private static PieceBuffer Finish(PieceBuffer buffer, int piece, PieceCoding coding, Span<byte> content)
    {
        Span<byte> header = stackalloc byte[PieceFrame.MostHeader];
        int length = PieceFrame.WriteHeader(header, piece, coding);
        Frame.WriteHeader(buffer.Bytes, FrameType.Piece, length + content.Length);
        header[..length].CopyTo(buffer.Bytes.AsSpan(Frame.HeaderSize));
        content.CopyTo(buffer.Bytes.AsSpan(Frame.HeaderSize + length));
        buffer.Length = Frame.HeaderSize + length + content.Length;
        return buffer;
    }
}
