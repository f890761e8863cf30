using System.Diagnostics;
using TreePush.Core.Syncing;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Links;

/// <summary>
/// A link to a child: sends the ledger as it grows, and of what the child needs each piece as soon as it is here. One
/// thread sends; another reads what the child says.
/// </summary>
internal sealed class ChildLink(LinkStream stream, LinkMessage.Join join, Serving serving) : IDisposable
{
    /// <summary>Pieces and bytes that are chosen at a time: many small ones cost one look, a large one goes alone.</summary>
    private const int MostPieces = 64;
    private const int MostBytes = 256 << 10;

    private readonly PieceInventory _inventory = serving.PieceInventory;
    private readonly PieceSet _wanted = new();
    private readonly PieceSet _none = new();
    private readonly List<int> _sentPages = [.. join.Known.Select(k => (int)Math.Min(k, int.MaxValue))];
    private readonly List<int> _chosen = new(MostPieces);
    private readonly List<byte[]> _pages = [];
    private readonly PieceEncoder _encoder = serving.NewEncoder();
    private long _wantedBytes;
    private long _sent;
    private int _next;
    private int _withdrawals;
    private long _flushed;
    private bool _closed;

    public int Number => join.Link;

    /// <summary>How the child fares. Under the inventory's lock.</summary>
    public LinkProgress Progress()
    {
        int ready = 0;
        for (int at = _wanted.NextIn(_inventory.Servable, 0); at >= 0 && ready < 4096; at = _wanted.NextIn(_inventory.Servable, at + 1)) ready++;
        long each = _wanted.IsEmpty ? 0 : _wantedBytes / _wanted.Count;
        long backlog = serving.Way.IsTaken ? 0 : ready < 4096 ? ready * each : _wantedBytes; // What waits for something else does not wait for the link.
        return new LinkProgress(Number, _sent, Math.Min(backlog, _wantedBytes), _wantedBytes);
    }

    /// <summary>Serves until the connection ends. On a thread of its own.</summary>
    public void Serve()
    {
        new Thread(Listen) { IsBackground = true, Name = "child says" }.Start();
        try
        {
            Greet();
            Flush();
            while (Choose())
            {
                foreach (byte[] page in _pages) stream.Write(FrameType.Ledger, page);
                foreach (int piece in _chosen) Send(piece);
                if (_pages.Count + _chosen.Count == 0) stream.Write(FrameType.Alive, []);
                if (!HasMore()) Flush();
            }
        }
        catch (Exception e) when (e is LinkException or WireException)
        {
            // The child tells the controller what became of it, or the controller sees that it is gone.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        lock (_inventory.Gate)
        {
            _closed = true;
            _inventory.Pulse();
        }

        stream.Dispose();
    }

    private void Flush()
    {
        stream.Flush();
        _flushed = Stopwatch.GetTimestamp();
    }

    /// <summary>The child is told which pages are known here, so that it offers those that are not.</summary>
    private void Greet()
    {
        var writer = new WireWriter();
        IReadOnlyList<long> known;
        lock (_inventory.Gate) known = _inventory.Ledger.Known;
        stream.Write(LinkCodec.Write(writer, new LinkMessage.Welcome(known)), writer.Written);
    }

    /// <summary>Waits for something to send, or until a sign of life is due, however often others are woken meanwhile: pages first, for no piece may be there before its hash.</summary>
    /// <returns>False when the link is over.</returns>
    private bool Choose()
    {
        _pages.Clear();
        _chosen.Clear();
        lock (_inventory.Gate)
        {
            while (!_closed)
            {
                DropWithdrawn();
                ChoosePages();
                if (_pages.Count == 0) ChoosePieces();
                var left = LinkStream.AliveEvery - Stopwatch.GetElapsedTime(_flushed);
                if (_pages.Count + _chosen.Count > 0 || left <= TimeSpan.Zero) return true;
                TimedWait.For(_inventory.Gate, left);
            }

            return false;
        }
    }

    private bool HasMore()
    {
        lock (_inventory.Gate)
        {
            for (int signer = 0; signer < _inventory.Ledger.Signers; signer++)
                if (signer >= _sentPages.Count || _sentPages[signer] < _inventory.Ledger.CountOf(signer)) return true;
            return _wanted.NextIn(_inventory.Servable, _next) >= 0;
        }
    }

    private void ChoosePages()
    {
        for (int signer = 0; signer < _inventory.Ledger.Signers; signer++)
        {
            if (signer == _sentPages.Count) _sentPages.Add(0);
            for (; _sentPages[signer] < _inventory.Ledger.CountOf(signer) && _pages.Count < MostPieces; _sentPages[signer]++)
                _pages.Add(_inventory.Ledger.Page(signer, _sentPages[signer]));
        }
    }

    private void ChoosePieces()
    {
        for (int bytes = 0; _chosen.Count < MostPieces && bytes < MostBytes;)
        {
            int piece = _wanted.NextIn(_inventory.Servable, _next);
            if (piece < 0 && _next > 0) piece = _wanted.NextIn(_inventory.Servable, 0);
            if (piece < 0) return;
            _wanted.Remove(piece);
            int length = Length(piece);
            _wantedBytes -= length;
            _chosen.Add(piece);
            bytes += length;
            _next = piece + 1;
        }
    }

    private int Length(int piece) => _inventory.Catalog.ExtentOf(_inventory.Catalog.EntryOf(piece), piece).Length;

    private void DropWithdrawn()
    {
        for (; _withdrawals < _inventory.Withdrawn.Count; _withdrawals++)
        {
            var pieces = _inventory.Catalog.PiecesOf(_inventory.Withdrawn[_withdrawals].Entry);
            for (int piece = (int)pieces.First; piece < pieces.End; piece++)
                if (_wanted.Remove(piece)) _wantedBytes -= Length(piece);
        }
    }

    private void Send(int piece)
    {
        var buffer = serving.Fresh.Take(piece) ?? Encode(piece);
        if (buffer is null)
        {
            GiveUp(piece);
            return;
        }

        while (!serving.Way.IsFree(LinkStream.AliveEvery) || !serving.Limit.TryTake(buffer.Length, LinkStream.AliveEvery))
        {
            // However long its turn takes to come, the child must not take this relay for dead.
            stream.Write(FrameType.Alive, []);
            stream.Flush();
        }

        stream.WriteWhole(buffer.Frame);
        lock (_inventory.Gate)
        {
            int length = Length(piece);
            _sent += length;
            _inventory.Sent += length;
        }

        buffer.Release();
    }

    /// <summary>A file was changed or deleted behind our back. The source takes it back; from anybody else the child goes elsewhere.</summary>
    private void GiveUp(int piece)
    {
        lock (_inventory.Gate)
        {
            _inventory.Lose(_inventory.Catalog.PiecesOf(_inventory.Catalog.EntryOf(piece)));
            if (serving.Spoilt is null) throw new LinkException(LinkFault.Closed, "a file has changed");
            serving.Spoilt(piece);
        }
    }

    /// <summary>Makes the frame, and keeps it for links that are as far.</summary>
    private PieceBuffer? Encode(int piece)
    {
        var buffer = _encoder.Encode(piece);
        if (buffer is not null) serving.Fresh.Add(piece, buffer);
        return buffer;
    }

    /// <summary>Reads what the child says, to the link's end.</summary>
    private void Listen()
    {
        try
        {
            while (Execute()) { }
        }
        catch (Exception e) when (e is LinkException or WireException)
        {
            // It ends for both directions.
        }
        catch (LedgerConflictException e)
        {
            serving.Disproved?.Invoke(e.Message);
        }
        finally
        {
            Dispose();
        }
    }

    /// <returns>False when the child says farewell.</returns>
    private bool Execute()
    {
        var (type, length) = stream.ReadHeader();
        byte[] payload = stream.ReadPayload(length);
        stream.KeepAlive(); // The child says something every second, also while the other thread waits for a disk.
        if (type == FrameType.Ledger)
        {
            serving.Learn(payload);
            return true;
        }

        switch (LinkCodec.Read(type, payload))
        {
            case LinkMessage.Need need: Want(need.Pieces); return true;
            case LinkMessage.Alive: return true;
            case LinkMessage.Farewell: return false;
            default: throw new WireException($"{type} is nothing that a child says");
        }
    }

    private void Want(IReadOnlyList<PieceRange> ranges)
    {
        lock (_inventory.Gate)
        {
            // One that comes from another parent may know more of the ledger than has got here by now.
            while (!_closed && ranges.Count > 0 && !(_inventory.HasBegun && ranges[^1].End <= _inventory.Catalog.Pieces)) Monitor.Wait(_inventory.Gate);
            if (_closed || ranges.Count == 0) return;
            var news = new PieceSet();
            foreach (var range in ranges) _wanted.Add(range, news);
            for (int piece = news.NextNotIn(_none, 0); piece >= 0; piece = news.NextNotIn(_none, piece + 1)) _wantedBytes += Length(piece);

            serving.Wanted(ranges);
            _inventory.Pulse();
        }
    }
}
