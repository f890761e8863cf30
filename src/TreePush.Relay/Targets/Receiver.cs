using System.IO.Compression;
using TreePush.Core.Syncing;
using TreePush.Relay.Files;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>Receives pieces: each is verified, then written, then passed on. A piece that is no longer needed is dropped unread.</summary>
/// <param name="lacks">Called with a file that this host can't even store for others: it will never have everything that they may need.</param>
internal sealed class Receiver(PieceInventory inventory, FreshPieces fresh, FilesUnderWay underWay, PathFailures failures, Action<ManifestEntry> lacks) : IPieceTaker
{
    /// <summary>Held while a piece is taken: during a change of the parent, two links may deliver the same piece.</summary>
    private readonly object _turn = new();

    /// <summary>The number of missing pieces of each incomplete file.</summary>
    private readonly Dictionary<int, int> _left = [];
    private readonly PieceHash _hash = new();
    private byte[] _unpacked = [];

    /// <summary>The pieces that are still needed. Use under the inventory's lock.</summary>
    public PieceSet Need { get; } = new();

    /// <summary>The size of <see cref="Need"/> in bytes. Use under the inventory's lock.</summary>
    public long NeedBytes { get; private set; }

    /// <summary>Flushes files before they get their final names; null if they get them at once.</summary>
    public GroupCommit? Commit { get; set; }

    /// <summary>The number of files written. Use under the inventory's lock.</summary>
    public int Written { get; private set; }

    /// <summary>Adds a piece to the need. Call under the inventory's lock.</summary>
    public void AddNeed(int piece)
    {
        if (Need.Add(piece)) NeedBytes += LengthOf(piece);
    }

    /// <summary>Removes the pieces of a withdrawn file from the need. Call under the inventory's lock.</summary>
    public void Withdraw(PieceRange pieces)
    {
        for (int piece = (int)pieces.First; piece < pieces.End; piece++)
            if (Need.Remove(piece)) NeedBytes -= LengthOf(piece);
    }

    /// <summary>Gives a flushed file its final name.</summary>
    /// <exception cref="RelayFaultException">The host can't go on.</exception>
    public void Name(int entry) => TryName(entry);

    /// <summary>Gives up a file that could not be flushed: its content on the disk is unknown.</summary>
    /// <exception cref="RelayFaultException">The host can't go on.</exception>
    public void Lose(int entry, FileFault fault)
    {
        failures.Add(fault);
        GiveUp(entry);
    }

    /// <inheritdoc/>
    /// <exception cref="LinkException">The piece is not what the source hashed.</exception>
    /// <exception cref="RelayFaultException">The piece can't be written.</exception>
    public void Take(PieceBuffer buffer, int piece, PieceCoding coding, int at)
    {
        lock (_turn)
        {
            if (Look(piece) is not { } place) return;
            var content = Unpack(coding, buffer.Bytes.AsSpan(at, buffer.Length - at), place.Extent.Length);
            if (!_hash.IsRight(inventory, piece, content)) throw new LinkException(LinkFault.Corrupt, $"a piece of {place.Listed.Path} is not what the source read");
            if (!TryWrite(place, content)) return;
            fresh.Add(piece, buffer);
            Settle(place, piece, place.Extent.Length);
        }
    }

    /// <summary>Takes a verified piece that was found on this host's own disk.</summary>
    /// <param name="isWritten">Whether the piece is in its place already.</param>
    public void TakeOwn(int piece, ReadOnlySpan<byte> content, bool isWritten)
    {
        lock (_turn)
        {
            Place place;
            lock (inventory.Gate) place = PlaceOf(piece);
            if (!isWritten && !TryWrite(place, content)) return;
            Settle(place, piece, received: 0);
        }

        Notify();
    }

    public void Notify()
    {
        lock (inventory.Gate) inventory.Pulse();
    }

    /// <summary>Returns where a piece belongs; null if it is not needed any more.</summary>
    private Place? Look(int piece)
    {
        lock (inventory.Gate)
        {
            if (piece >= inventory.Catalog.Pieces) throw new LinkException(LinkFault.Corrupt, "received a piece that is not in the manifest");
            if (!Need.Contains(piece) || inventory.Catalog.IsWithdrawn(inventory.Catalog.EntryOf(piece))) return null;
            if (!inventory.Catalog.Hashed.Contains(piece)) throw new LinkException(LinkFault.Corrupt, "received a piece before its hash");
            return PlaceOf(piece);
        }
    }

    private Place PlaceOf(int piece)
    {
        int entry = inventory.Catalog.EntryOf(piece);
        return new Place(entry, inventory.Catalog.Entries[entry], inventory.Catalog.ExtentOf(entry, piece), (int)inventory.Catalog.PiecesOf(entry).Count);
    }

    /// <returns>False if the source has withdrawn the file meanwhile, if the run is over, or if the file can't be stored here.</returns>
    private bool TryWrite(Place place, ReadOnlySpan<byte> content)
    {
        try
        {
            if (place.Pieces == 1) _ = underWay.Put(place.Entry, place.Listed, content);
            else Write(underWay.Of(place.Entry, place.Listed, keep: false), place.Extent.Offset, content);
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
        _left.Remove(place.Entry);
        GiveUp(place.Entry);
        return false;
    }

    /// <summary>Keeps a file of one piece, which could not get its final name, under its temporary name.</summary>
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

    /// <summary>Removes a file that can't be stored here from the need. Pieces of it that were passed on stay valid, but no more will be.</summary>
    private void GiveUp(int entry)
    {
        underWay.Drop(entry);
        ManifestEntry listed;
        lock (inventory.Gate)
        {
            var pieces = inventory.Catalog.PiecesOf(entry);
            Withdraw(pieces);
            inventory.Lose(pieces);
            listed = inventory.Catalog.Entries[entry];
        }

        lacks(listed);
    }

    private void Write(PartialFile file, long offset, ReadOnlySpan<byte> content)
    {
        file.Write(offset, content);
        if (file.IsHeavy) Commit?.Grow(file);
    }

    /// <summary>
    /// Records a written piece as being on this host: children need not wait for the disk. With its last piece, a file is handed
    /// over to be flushed and named.
    /// </summary>
    private void Settle(Place place, int piece, int received)
    {
        int left = _left.GetValueOrDefault(place.Entry, place.Pieces) - 1;
        if (left > 0) _left[place.Entry] = left;
        else
        {
            _left.Remove(place.Entry);
            if (!TryFinish(place)) return;
        }

        lock (inventory.Gate)
        {
            if (Need.Remove(piece)) NeedBytes -= place.Extent.Length;
            if (left == 0) Written++;
            inventory.Received += received;
            inventory.AddHere(piece);
        }
    }

    /// <inheritdoc cref="TryWrite"/>
    private bool TryFinish(Place place)
    {
        try
        {
            var file = place.Pieces == 1 ? underWay.Find(place.Entry) : underWay.Complete(place.Entry);
            if (file is null) return false;
            if (Commit is null) return TryName(place.Entry);
            Commit.Add(place.Entry, file);
            return true;
        }
        catch (FileFaultException e)
        {
            failures.Add(e.Fault);
            return TryHold(place.Entry);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <returns>False if the source has withdrawn the file meanwhile, if the run is over, or if the file can't even be kept without its final name.</returns>
    private bool TryName(int entry)
    {
        try
        {
            return underWay.Name(entry);
        }
        catch (FileFaultException e)
        {
            failures.Add(e.Fault);
            return TryHold(entry);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private bool TryHold(int entry)
    {
        if (underWay.Hold(entry)) return true;
        GiveUp(entry);
        return false;
    }

    private int LengthOf(int piece) => inventory.Catalog.ExtentOf(inventory.Catalog.EntryOf(piece), piece).Length;

    private ReadOnlySpan<byte> Unpack(PieceCoding coding, ReadOnlySpan<byte> content, int length)
    {
        if (coding == PieceCoding.Raw && content.Length == length) return content;
        if (_unpacked.Length < length) _unpacked = new byte[length];
        var bytes = _unpacked.AsSpan(0, length);
        if (coding == PieceCoding.Zero && content.IsEmpty) bytes.Clear();
        else if (coding != PieceCoding.Brotli || !BrotliDecoder.TryDecompress(content, bytes, out int written) || written != length)
            throw new LinkException(LinkFault.Corrupt, "a piece can't be decompressed");
        return bytes;
    }

    /// <summary>Where a piece belongs.</summary>
    /// <param name="Pieces">The number of pieces of the file.</param>
    private readonly record struct Place(int Entry, ManifestEntry Listed, PieceExtent Extent, int Pieces);
}
