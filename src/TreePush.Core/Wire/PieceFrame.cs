namespace TreePush.Core.Wire;

/// <summary>How the payload of a piece's frame begins: its number and its coding; the rest is the content.</summary>
public static class PieceFrame
{
    /// <summary>Bytes that the beginning has at most.</summary>
    public const int MostHeader = 6;

    /// <summary>Writes the beginning.</summary>
    /// <returns>How many bytes it has.</returns>
    public static int WriteHeader(Span<byte> header, int piece, PieceCoding coding)
    {
        int at = 0;
        uint rest = (uint)piece;
        for (; rest >= 0x80; rest >>= 7) header[at++] = (byte)(rest | 0x80);
        header[at++] = (byte)rest;
        header[at++] = (byte)coding;
        return at;
    }

    /// <returns>The piece, its coding, and where in the payload its content begins.</returns>
    /// <exception cref="WireException">It begins in no such way.</exception>
    public static (int Piece, PieceCoding Coding, int ContentAt) ReadHeader(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        int piece = reader.Count();
        var coding = reader.Byte();
        if (coding > (byte)PieceCoding.Brotli) throw new WireException($"{coding} is no way to code a piece");
        return (piece, (PieceCoding)coding, payload.Length - reader.Left);
    }
}
