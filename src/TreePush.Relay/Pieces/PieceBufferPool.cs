namespace TreePush.Relay.Pieces;

/// <summary>Memory for pieces under way, kept for the next ones: the size hardly changes within a run.</summary>
internal sealed class PieceBufferPool
{
    private const int MostKept = 16;

    private readonly Stack<byte[]> _kept = new();

    public PieceBuffer Rent(int size)
    {
        lock (_kept)
            while (_kept.TryPop(out byte[]? bytes))
                if (bytes.Length >= size) return new PieceBuffer(this, bytes);
        return new PieceBuffer(this, GC.AllocateUninitializedArray<byte>(size));
    }

    internal void Return(byte[] bytes)
    {
        lock (_kept)
            if (_kept.Count < MostKept) _kept.Push(bytes);
    }
}
