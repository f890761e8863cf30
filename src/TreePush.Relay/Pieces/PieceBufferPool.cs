namespace TreePush.Relay.Pieces;

/// <summary>Reuses the memory of pieces. Their size hardly changes within a run.</summary>
internal sealed class PieceBufferPool
{
    private const int MostBytes = 4 << 20;

    private readonly Stack<byte[]> _kept = new();
    private int _bytes;

    public PieceBuffer Rent(int size)
    {
        lock (_kept)
            while (_kept.TryPop(out byte[]? bytes))
            {
                _bytes -= bytes.Length;
                if (bytes.Length >= size) return new PieceBuffer(this, bytes);
            }

        return new PieceBuffer(this, GC.AllocateUninitializedArray<byte>(size));
    }

    internal void Return(byte[] bytes)
    {
        lock (_kept)
        {
            if (_bytes + bytes.Length > MostBytes) return;
            _kept.Push(bytes);
            _bytes += bytes.Length;
        }
    }
}
