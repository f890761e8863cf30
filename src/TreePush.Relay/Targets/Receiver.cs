using System.IO.Compression;
using TreePush.Core.Broadcasting;
using TreePush.Core.Manifests;
using TreePush.Core.Wire;
using TreePush.Relay.Files;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>Takes pieces: verified first, then written, then passed on. A piece that is not needed any more is dropped unread.</summary>
/// <param name="lacks">Called with a file that this host can't even keep for others: it will never have all that they may need.</param>
internal sealed class Receiver(Holdings holdings, FreshPieces fresh, TargetTree tree, FilesUnderWay underWay, PathFailures failures, Action<ManifestEntry> lacks) : IPieceTaker
{
    /// <summary>Held while a piece is taken: two links may bring the same one while the parent changes.</summary>
    private readonly object _turn = new();

    /// <summary>Pieces missing of files that are under way.</summary>
    private readonly Dictionary<int, int> _left = [];
    private readonly PieceHash _hash = new();
    private byte[] _unpacked = [];

    /// <summary>Pieces that are still to come. Under the holdings' lock.</summary>
    public PieceSet Need { get; } = new();

    /// <summary>Bytes of <see cref="Need"/>. Under the holdings' lock.</summary>
    public long NeedBytes { get; private set; }

    /// <summary>Files that were written. Under the holdings' lock.</summary>
    public int Written { get; private set; }

    /// <summary>Adds to what is needed. Under the holdings' lock.</summary>
    public void AddNeed(int piece)
    {
        if (Need.Add(piece)) NeedBytes += LengthOf(piece);
    }

    /// <summary>Forgets a file that the source took back. Under the holdings' lock.</summary>
    public void Withdraw(PieceRange pieces)
    {
        for (int piece = (int)pieces.First; piece < pieces.End; piece++)
            if (Need.Remove(piece)) NeedBytes -= LengthOf(piece);
    }

    /// <inheritdoc/>
    /// <exception cref="LinkException">It is not what the source hashed.</exception>
    /// <exception cref="RelayFaultException">It can't be written.</exception>
    public void Take(PieceBuffer buffer, int piece, PieceCoding coding, int at)
    {
        lock (_turn)
        {
            if (Look(piece) is not { } place) return;
            var content = Unpack(coding, buffer.Bytes.AsSpan(at, buffer.Length - at), place.Extent.Length);
            if (!_hash.IsRight(holdings, piece, content)) throw new LinkException(LinkFault.Corrupt, $"a piece of {place.Listed.Path} is not what the source read");
            if (!TryWrite(place, content)) return;
            fresh.Add(piece, buffer);
            Settle(place, piece, place.Extent.Length);
        }
    }

    /// <summary>Takes a piece that was found on this host's own disk, and is verified.</summary>
    /// <param name="isWritten">It is in its place already.</param>
    public void TakeOwn(int piece, ReadOnlySpan<byte> content, bool isWritten)
    {
        lock (_turn)
        {
            Place place;
            lock (holdings.Gate) place = PlaceOf(piece);
            if (!isWritten && !TryWrite(place, content)) return;
            Settle(place, piece, received: 0);
        }

        Tell();
    }

    public void Tell()
    {
        lock (holdings.Gate) holdings.Pulse();
    }

    /// <summary>Where a piece that is still needed goes; null for one that is not.</summary>
    private Place? Look(int piece)
    {
        lock (holdings.Gate)
        {
            if (piece >= holdings.Catalog.Pieces) throw new LinkException(LinkFault.Corrupt, "a piece came that there is not");
            if (!Need.Contains(piece)) return null;
            if (!holdings.Catalog.Hashed.Contains(piece)) throw new LinkException(LinkFault.Corrupt, "a piece came before its hash");
            return PlaceOf(piece);
        }
    }

    private Place PlaceOf(int piece)
    {
        int entry = holdings.Catalog.EntryOf(piece);
        return new Place(entry, holdings.Catalog.Entries[entry], holdings.Catalog.ExtentOf(entry, piece), (int)holdings.Catalog.PiecesOf(entry).Count);
    }

    /// <returns>False where the source has taken the file back this moment, where the run is over, and where the file can't be kept here.</returns>
    private bool TryWrite(Place place, ReadOnlySpan<byte> content)
    {
        try
        {
            if (place.Pieces == 1) tree.WriteWhole(place.Listed, content);
            else underWay.Of(place.Entry, place.Listed, keep: false).Write(place.Extent.Offset, content);
            return true;
        }
        catch (FileFaultException e)
        {
            failures.Add(e.Fault);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        if (place.Pieces == 1 && TryHold(place, content)) return true;
        GiveUp(place);
        return false;
    }

    /// <summary>Keeps a file of one piece that could not get its name under its temporary one.</summary>
    private bool TryHold(Place place, ReadOnlySpan<byte> content)
    {
        try
        {
            underWay.Of(place.Entry, place.Listed, keep: false).Write(0, content);
            return underWay.Hold(place.Entry);
        }
        catch (Exception e) when (e is FileFaultException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>The file is needed no more: it can't be kept here. What was passed on of it stays right, but no more will be.</summary>
    private void GiveUp(Place place)
    {
        underWay.Drop(place.Entry);
        _left.Remove(place.Entry);
        lock (holdings.Gate)
        {
            var pieces = holdings.Catalog.PiecesOf(place.Entry);
            Withdraw(pieces);
            holdings.Lose(pieces);
        }

        lacks(place.Listed);
    }

    /// <summary>The piece is on the disk. With the file's last one the file gets its name, and only then the piece counts as here.</summary>
    private void Settle(Place place, int piece, int received)
    {
        int left = _left.GetValueOrDefault(place.Entry, place.Pieces) - 1;
        if (left > 0) _left[place.Entry] = left;
        else
        {
            _left.Remove(place.Entry);
            if (place.Pieces > 1 && !TryCommit(place)) return;
        }

        lock (holdings.Gate)
        {
            if (Need.Remove(piece)) NeedBytes -= place.Extent.Length;
            if (left == 0) Written++;
            holdings.Received += received;
            holdings.AddHere(piece);
        }
    }

    /// <inheritdoc cref="TryWrite"/>
    private bool TryCommit(Place place)
    {
        try
        {
            return underWay.Commit(place.Entry);
        }
        catch (FileFaultException e)
        {
            failures.Add(e.Fault);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        if (underWay.Hold(place.Entry)) return true;
        GiveUp(place);
        return false;
    }

    private int LengthOf(int piece) => holdings.Catalog.ExtentOf(holdings.Catalog.EntryOf(piece), piece).Length;

    private ReadOnlySpan<byte> Unpack(PieceCoding coding, ReadOnlySpan<byte> content, int length)
    {
        if (coding == PieceCoding.Raw && content.Length == length) return content;
        if (_unpacked.Length < length) _unpacked = new byte[length];
        var bytes = _unpacked.AsSpan(0, length);
        if (coding == PieceCoding.Zero && content.IsEmpty) bytes.Clear();
        else if (coding != PieceCoding.Brotli || !BrotliDecoder.TryDecompress(content, bytes, out int written) || written != length)
            throw new LinkException(LinkFault.Corrupt, "a piece can't be unpacked");
        return bytes;
    }

    /// <summary>Where a piece belongs.</summary>
    /// <param name="Pieces">How many its file has.</param>
    private readonly record struct Place(int Entry, ManifestEntry Listed, PieceExtent Extent, int Pieces);
}
