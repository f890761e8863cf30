using TreePush.Core.Syncing;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Links;

/// <summary>The link to the parent. It receives pages and pieces, and tells the parent what this host needs.</summary>
/// <param name="known">How many pages of each signer the parent has.</param>
internal sealed class ParentLink(int number, LinkStream stream, IReadOnlyList<long> known, LedgerReader ledger, PieceBufferPool pool, IPieceTaker taker) : IDisposable
{
    /// <summary>
    /// Pieces are announced to waiting threads only after this many bytes, or when no more data is waiting. Waking the threads
    /// for each small piece would cost more than the piece.
    /// </summary>
    private const int MostUntold = 16 << 10;

    private readonly Queue<LinkMessage> _queue = new();
    private readonly PagesOfParent _pages = new(known);
    private readonly BurstMeter _meter = new();
    private int _untold;
    private bool _closed;

    public int Number => number;

    /// <summary>How fast content arrives while it arrives, in bytes per second; 0 while unknown.</summary>
    public long Burst => _meter.Rate;

    public void Send(LinkMessage message)
    {
        lock (_queue)
        {
            _queue.Enqueue(message);
            Monitor.Pulse(_queue);
        }
    }

    /// <summary>Receives until the link ends.</summary>
    /// <exception cref="LinkException">Always thrown at the end, with the reason.</exception>
    public void Run()
    {
        new Thread(Write) { IsBackground = true, Name = "to parent" }.Start();
        try
        {
            while (true) TakeFrame();
        }
        catch (Exception e) when (e is WireException or LedgerConflictException)
        {
            throw new LinkException(LinkFault.Corrupt, e.Message);
        }
        finally
        {
            taker.Notify();
            Dispose();
        }
    }

    public void Dispose()
    {
        lock (_queue)
        {
            _closed = true;
            Monitor.Pulse(_queue);
        }

        stream.Dispose();
    }

    private void TakeFrame()
    {
        bool isDrained = stream.IsDrained;
        if (_untold > 0 && (isDrained || _untold >= MostUntold))
        {
            taker.Notify();
            _untold = 0;
        }

        _meter.Wait(isDrained);
        var (type, length) = stream.ReadHeader();
        _meter.Begin();
        switch (type)
        {
            case FrameType.Piece: TakePiece(length); break;
            case FrameType.Ledger: _pages.Came(ledger.Take(stream.ReadPayload(length))); break;
            case FrameType.Alive when length == 0: break;
            case FrameType.Farewell when length < 4096 && LinkCodec.Read(type, stream.ReadPayload(length)) is LinkMessage.Farewell farewell:
                throw new LinkException(LinkFault.Closed, farewell.Reason);
            default: throw new WireException($"{type} is nothing that a parent says");
        }
    }

    private void TakePiece(int length)
    {
        var buffer = pool.Rent(Frame.HeaderSize + length);
        try
        {
            buffer.Length = Frame.HeaderSize + length;
            Frame.WriteHeader(buffer.Bytes, FrameType.Piece, length);
            var payload = buffer.Bytes.AsSpan(Frame.HeaderSize, length);
            ReadTimed(payload);
            var (piece, coding, at) = PieceFrame.ReadHeader(payload);
            taker.Take(buffer, piece, coding, Frame.HeaderSize + at);
            _untold += length;
        }
        finally
        {
            buffer.Release();
        }
    }

    private void ReadTimed(Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int next = _meter.Next(bytes.Length);
            stream.ReadExactly(bytes[..next]);
            _meter.Came(next);
            bytes = bytes[next..];
        }
    }

    private void Write()
    {
        var writer = new WireWriter();
        try
        {
            while (Next() is { } message)
            {
                if (message is LinkMessage.Alive)
                    foreach (byte[] page in _pages.Lacking(ledger)) stream.Write(FrameType.Ledger, page);
                writer.Clear();
                var type = LinkCodec.Write(writer, message);
                stream.Write(type, writer.Written);
                stream.Flush();
            }
        }
        catch (LinkException)
        {
            // The reading thread notices the failure too, and reports it.
        }
    }

    private LinkMessage? Next()
    {
        lock (_queue)
        {
            while (_queue.Count == 0)
            {
                if (_closed) return null;
                if (!Monitor.Wait(_queue, LinkStream.AliveEvery)) return new LinkMessage.Alive();
            }

            return _closed ? null : _queue.Dequeue();
        }
    }
}
