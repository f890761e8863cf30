using System.Diagnostics;
using TreePush.Core.Syncing;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Links;

/// <summary>
/// A link to a child. It sends the ledger as it grows, and each piece that the child needs as soon as the piece is on this host.
/// One thread sends; another reads the child's messages.
/// </summary>
internal sealed class ChildLink(LinkStream stream, LinkMessage.Join join, Serving serving) : IDisposable
{
    /// <summary>The most pieces and bytes that are selected at once: many small pieces cost one selection, a large piece is selected alone.</summary>
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

    /// <summary>Returns the progress of the child. Call under the inventory's lock.</summary>
    public LinkProgress Progress()
    {
        int ready = 0;
        for (int at = _wanted.NextIn(_inventory.Servable, 0); at >= 0 && ready < 4096; at = _wanted.NextIn(_inventory.Servable, at + 1)) ready++;
        long each = _wanted.IsEmpty ? 0 : _wantedBytes / _wanted.Count;
        long backlog = serving.Way.IsTaken ? 0 : ready < 4096 ? ready * each : _wantedBytes; // Pieces that wait for the program do not wait for the link.
        return new LinkProgress(Number, _sent, Math.Min(backlog, _wantedBytes), _wantedBytes);
    }

    /// <summary>Serves the child until the connection ends. Runs on a thread of its own.</summary>
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
            // The child reports the end of the link to the controller, or the controller notices that the child is gone.
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

    /// <summary>Tells the child which pages are on this host, so that it offers the missing ones.</summary>
    private void Greet()
    {
        var writer = new WireWriter();
        IReadOnlyList<long> known;
        lock (_inventory.Gate) known = _inventory.Ledger.Known;
        stream.Write(LinkCodec.Write(writer, new LinkMessage.Welcome(known)), writer.Written);
    }

    /// <summary>
    /// Waits until there is something to send or a heartbeat is due, however often the lock is pulsed. Pages are selected before
    /// pieces, because no piece may arrive before its hash.
    /// </summary>
    /// <returns>False if the link is over.</returns>
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
            // However long the piece has to wait, the child must not take this relay for dead.
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

    /// <summary>
    /// Handles a file of this host that was changed or deleted during the run. The writer of the ledger withdraws the file. On
    /// other hosts the link ends, and the child goes elsewhere.
    /// </summary>
    private void GiveUp(int piece)
    {
        lock (_inventory.Gate)
        {
            _inventory.Lose(_inventory.Catalog.PiecesOf(_inventory.Catalog.EntryOf(piece)));
            if (serving.Spoilt is null) throw new LinkException(LinkFault.Closed, "a file has changed");
            serving.Spoilt(piece);
        }
    }

    /// <summary>Encodes the piece, and keeps it for other links that need it now.</summary>
    private PieceBuffer? Encode(int piece)
    {
        var buffer = _encoder.Encode(piece);
        if (buffer is not null) serving.Fresh.Add(piece, buffer);
        return buffer;
    }

    /// <summary>Reads the child's messages until the link ends.</summary>
    private void Listen()
    {
        try
        {
            while (Execute()) { }
        }
        catch (Exception e) when (e is LinkException or WireException)
        {
            // The link ends for both directions.
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

    /// <returns>False if the child says farewell.</returns>
    private bool Execute()
    {
        var (type, length) = stream.ReadHeader();
        byte[] payload = stream.ReadPayload(length);
        stream.KeepAlive(); // The child sends something every second, so this runs even while the other thread waits for a disk.
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
            // A child that comes from another parent may have more of the ledger than this host.
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
