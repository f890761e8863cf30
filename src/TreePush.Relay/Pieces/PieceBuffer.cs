namespace TreePush.Relay.Pieces;

/// <summary>A piece as it travels: a whole frame, header included. Several links may be sending it; the last one gives its memory back.</summary>
internal sealed class PieceBuffer(PieceBufferPool pool, byte[] bytes)
{
    private int _users = 1;

    public byte[] Bytes => bytes;

    /// <summary>How much of it the frame takes.</summary>
    public int Length { get; set; }

    public ReadOnlySpan<byte> Frame => bytes.AsSpan(0, Length);

    public void Share() => Interlocked.Increment(ref _users);

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0) pool.Return(bytes);
    }
}
