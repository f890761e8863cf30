namespace TreePush.Core.Wire;

/// <summary>The header of a piece frame's payload: the number of the piece and its encoding. The content follows.</summary>
public static class PieceFrame
{
    /// <summary>The largest size of the header, in bytes.</summary>
    public const int MostHeader = 6;

    /// <summary>Writes the header.</summary>
    /// <returns>The size of the header, in bytes.</returns>
    public static int WriteHeader(Span<byte> header, int piece, PieceCoding coding)
    {
        int at = 0;
        uint rest = (uint)piece;
        for (; rest >= 0x80; rest >>= 7) header[at++] = (byte)(rest | 0x80);
        header[at++] = (byte)rest;
        header[at++] = (byte)coding;
        return at;
    }

    /// <returns>The piece, its encoding, and where in the payload its content begins.</returns>
    /// <exception cref="WireException">The payload does not begin with a valid header.</exception>
    public static (int Piece, PieceCoding Coding, int ContentAt) ReadHeader(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        int piece = reader.Count();
        var coding = reader.Byte();
        if (coding > (byte)PieceCoding.Brotli) throw new WireException($"{coding} is no way to code a piece");
        return (piece, (PieceCoding)coding, payload.Length - reader.Left);
    }
}
