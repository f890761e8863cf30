using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>
/// Compares files on this host with the source's hashes, piece by piece as the hashes arrive, and requests the pieces that
/// differ. With --checksum, it checks every file of the right size; otherwise, what an interrupted run left.
/// </summary>
internal sealed class Checker(PieceInventory inventory, TargetTree tree, FilesUnderWay underWay, Receiver receiver, Action<int> need)
{
    private readonly PieceHash _hash = new();
    private byte[] _bytes = [];

    /// <returns>True if the whole file is right as it is, so that nothing of it was written.</returns>
    public bool Check(Candidate candidate, bool mayWrite)
    {
        ManifestEntry listed;
        int first, end;
        lock (inventory.Gate)
        {
            listed = inventory.Catalog.Entries[candidate.Entry];
            var pieces = inventory.Catalog.PiecesOf(candidate.Entry);
            (first, end) = ((int)pieces.First, (int)pieces.End);
        }

        using var reader = candidate.IsPartial ? null : Open(listed);
        int right = candidate.IsPartial ? first : RightUpTo(candidate.Entry, reader, first, end);
        if (!candidate.IsPartial && right == end) return true;
        if (!mayWrite) return false;
        for (int piece = first; piece < end; piece++)
            if (!Wait(candidate.Entry, piece)) return false;
            else if (Read(candidate, reader, listed, piece) is { } length && _hash.IsRight(inventory, piece, _bytes.AsSpan(0, length)))
                receiver.TakeOwn(piece, _bytes.AsSpan(0, length), isWritten: candidate.IsPartial);
            else need(piece);
        return false;
    }

    private FileReader? Open(ManifestEntry listed)
    {
        try
        {
            return tree.OpenFile(listed.Path);
        }
        catch (FileFaultException)
        {
            // A file that can't be read is not a candidate: all its pieces are requested.
            return null;
        }
    }

    private int RightUpTo(int entry, FileReader? reader, int first, int end)
    {
        ManifestEntry listed;
        lock (inventory.Gate) listed = inventory.Catalog.Entries[entry];
        int piece = first;
        while (piece < end && Wait(entry, piece) && Read(new Candidate(entry, false), reader, listed, piece) is { } length
            && _hash.IsRight(inventory, piece, _bytes.AsSpan(0, length))) piece++;
        return piece;
    }

    /// <summary>Waits until the source has hashed the piece.</summary>
    /// <returns>False if the file was withdrawn.</returns>
    private bool Wait(int entry, int piece)
    {
        lock (inventory.Gate)
        {
            while (!inventory.Catalog.Hashed.Contains(piece) && !inventory.Catalog.IsWithdrawn(entry)) Monitor.Wait(inventory.Gate);
            return !inventory.Catalog.IsWithdrawn(entry);
        }
    }

    private int? Read(Candidate candidate, FileReader? reader, ManifestEntry listed, int piece)
    {
        PieceExtent extent;
        lock (inventory.Gate) extent = inventory.Catalog.ExtentOf(candidate.Entry, piece);
        if (_bytes.Length < extent.Length) _bytes = new byte[extent.Length];
        var bytes = _bytes.AsSpan(0, extent.Length);
        try
        {
            int read = candidate.IsPartial ? underWay.Of(candidate.Entry, listed, keep: true).Read(extent.Offset, bytes)
                : reader is null ? 0 : reader.Read(extent.Offset, bytes);
            return read == bytes.Length ? read : null;
        }
        catch (FileFaultException e) when (e.Fault.Kind != FileFaultKind.Locked)
        {
            return null;
        }
        catch (FileFaultException e)
        {
            throw RelayFaultException.Of(e);
        }
    }
}
