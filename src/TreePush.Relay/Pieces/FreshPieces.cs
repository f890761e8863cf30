namespace TreePush.Relay.Pieces;

/// <summary>The pieces that arrived last, so that links that keep up need not read them from the disk.</summary>
internal sealed class FreshPieces
{
    /// <summary>How many bytes are kept. A link that falls further behind reads from the disk, most likely from the page cache.</summary>
    private const int MostBytes = 2 << 20;

    private readonly Dictionary<int, PieceBuffer> _buffers = [];
    private readonly Queue<int> _order = new();
    private int _bytes;

    /// <summary>Keeps a piece for a while.</summary>
    public void Add(int piece, PieceBuffer buffer)
    {
        lock (_buffers)
        {
            if (!_buffers.TryAdd(piece, buffer)) return;
            buffer.Share();
            _order.Enqueue(piece);
            _bytes += buffer.Length;
            while (_bytes > MostBytes && _order.Count > 2)
            {
                _buffers.Remove(_order.Dequeue(), out var oldest);
                _bytes -= oldest!.Length;
                oldest.Release();
            }
        }
    }

    /// <summary>Returns the piece if it is still kept. The caller must release it.</summary>
    public PieceBuffer? Take(int piece)
    {
        lock (_buffers)
        {
            if (!_buffers.TryGetValue(piece, out var buffer)) return null;
            buffer.Share();
            return buffer;
        }
    }
}
