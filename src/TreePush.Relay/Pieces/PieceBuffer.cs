namespace TreePush.Relay.Pieces;

/// <summary>A piece as a whole frame, including its header. Several links may send it at once; the last one returns its memory.</summary>
internal sealed class PieceBuffer(PieceBufferPool pool, byte[] bytes)
{
    private int _users = 1;

    public byte[] Bytes => bytes;

    /// <summary>The length of the frame in the buffer.</summary>
    public int Length { get; set; }

    public ReadOnlySpan<byte> Frame => bytes.AsSpan(0, Length);

    public void Share() => Interlocked.Increment(ref _users);

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0) pool.Return(bytes);
    }
}
