using TreePush.Relay.Control;
using TreePush.Relay.Files;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Sources;

/// <summary>
/// The hasher: reads the wanted files and writes the hashes of their pieces into the ledger. It hashes the last piece of a file
/// only after checking that the file has not changed meanwhile, so no host completes a file that never existed in this form.
/// </summary>
internal sealed class Hasher(ILedgerFiles content, PieceInventory inventory, LedgerWriter ledger, ControlChannel control)
{
    /// <summary>How often a file that changes while it is read is tried.</summary>
    private const int MostAttempts = 3;

    private readonly PieceSet _wanted = new();
    private readonly PieceSet _done = new();
    private readonly PieceSet _doubted = new();
    private readonly Dictionary<RelativePath, int> _attempts = [];
    private readonly HashPages _hashes = new(ledger);
    private readonly PieceHash _hash = new();
    private byte[] _buffer = [];
    private int _next;

    /// <summary>Adds wanted pieces. Call under the inventory's lock.</summary>
    public void WantPieces(IReadOnlyList<PieceRange> ranges)
    {
        foreach (var range in ranges)
        {
            int first = inventory.Catalog.EntryOf((int)range.First), last = inventory.Catalog.EntryOf((int)range.End - 1);
            _wanted.Add(new PieceRange(first, last - first + 1));
        }
    }

    /// <summary>Adds wanted entries. Call under the inventory's lock.</summary>
    public void WantEntries(IReadOnlyList<PieceRange> ranges)
    {
        foreach (var range in ranges)
            if (range.End <= inventory.Catalog.Entries.Count) _wanted.Add(range);
    }

    /// <summary>Withdraws the file of a piece that is no longer what was hashed. Call under the inventory's lock.</summary>
    public void Doubt(int piece)
    {
        int entry = inventory.Catalog.EntryOf(piece);
        _doubted.Add(entry);
        _wanted.Add(entry);
        _done.Remove(entry);
        inventory.Pulse();
    }

    /// <summary>Works until the relay ends.</summary>
    public void Run()
    {
        while (true)
        {
            int entry;
            lock (inventory.Gate) entry = NextWanted();
            if (entry < 0)
            {
                _hashes.Flush();
                entry = WaitForWant();
            }

            bool isDoubted;
            lock (inventory.Gate)
            {
                _done.Add(entry);
                isDoubted = _doubted.Remove(entry);
            }

            if (isDoubted) TakeBack(entry);
            else Read(entry);
        }
    }

    private int WaitForWant()
    {
        lock (inventory.Gate)
        {
            int entry;
            while ((entry = NextWanted()) < 0) Monitor.Wait(inventory.Gate);
            return entry;
        }
    }

    /// <summary>
    /// Returns the next wanted entry, or -1. The search starts at the last one, so that a manifest of millions is not searched
    /// from its start for each.
    /// </summary>
    private int NextWanted()
    {
        int entry = _wanted.NextNotIn(_done, _next);
        if (entry < 0 && _next > 0) entry = _wanted.NextNotIn(_done, 0);
        if (entry >= 0) _next = entry;
        return entry;
    }

    /// <summary>Withdraws a file whose content is no longer what was hashed, whatever its size and time say.</summary>
    private void TakeBack(int entry)
    {
        lock (inventory.Gate)
            if (inventory.Catalog.IsWithdrawn(entry)) return;
        GoBack(entry);
    }

    private void Read(int entry)
    {
        PieceRange pieces;
        bool withdrawn;
        lock (inventory.Gate) (pieces, withdrawn) = (inventory.Catalog.PiecesOf(entry), inventory.Catalog.IsWithdrawn(entry));
        if (pieces.Count == 0 || withdrawn) return;
        try
        {
            for (int piece = (int)pieces.First; piece < pieces.End; piece++)
                if (!Hash(entry, piece, isLast: piece == pieces.End - 1)) return;
        }
        catch (FileFaultException e) when (e.Fault.Kind == FileFaultKind.Changed)
        {
            GoBack(entry);
        }
        catch (FileFaultException e)
        {
            GiveUp(entry, e.Fault);
        }
    }

    /// <returns>False if the file is no longer what was listed.</returns>
    private bool Hash(int entry, int piece, bool isLast)
    {
        PieceExtent extent;
        bool known;
        lock (inventory.Gate) (extent, known) = (inventory.Catalog.ExtentOf(entry, piece), inventory.Catalog.Hashed.Contains(piece));
        if (known) return true;
        if (_buffer.Length < extent.Length) _buffer = new byte[extent.Length];
        var bytes = _buffer.AsSpan(0, extent.Length);
        bool whole = content.Read(entry, extent, bytes) == extent.Length;
        var state = !whole ? FileState.Changed : isLast ? content.StateOf(entry) : FileState.Unchanged;
        if (state == FileState.Unchanged)
        {
            byte[] hash = new byte[Catalog.HashSize];
            _hash.Compute(bytes, hash);
            _hashes.Add(piece, hash, extent.Length);
            return true;
        }

        GoBack(entry);
        return false;
    }

    /// <summary>Withdraws a file that is not what was listed, and lists it anew.</summary>
    private void GoBack(int entry)
    {
        ManifestEntry listed;
        lock (inventory.Gate) listed = inventory.Catalog.Entries[entry];
        int attempt = _attempts[listed.Path] = _attempts.GetValueOrDefault(listed.Path) + 1;
        try
        {
            if (attempt < MostAttempts && content.ListAnew(listed) is { } now) ReadAgain(entry, now);
            else Withdraw(entry, Withdrawal.Unstable, $"changed during each of {attempt} reads: skipped");
        }
        catch (FileFaultException e)
        {
            GiveUp(entry, e.Fault);
        }
    }

    /// <summary>Withdraws a file that can't be read. Targets keep what they have of it, unless the file is proven to be gone.</summary>
    private void GiveUp(int entry, FileFault fault)
    {
        ManifestEntry listed;
        lock (inventory.Gate) listed = inventory.Catalog.Entries[entry];
        if (content.IsGone(listed)) Withdraw(entry, Withdrawal.Vanished, "was deleted during the run: skipped");
        else Withdraw(entry, Withdrawal.Unreadable, fault.Text);
    }

    private void ReadAgain(int entry, ManifestEntry now)
    {
        Withdraw(entry, Withdrawal.Changed, "changed while it was read: read again");
        ledger.Write(LedgerKind.Entries, Page.Entries([now]));
        lock (inventory.Gate)
        {
            int anew = inventory.Catalog.Entries.Count - 1;
            inventory.AddHere(inventory.Catalog.PiecesOf(anew));
            _wanted.Add(anew);
        }
    }

    private void Withdraw(int entry, Withdrawal reason, string text)
    {
        _hashes.Flush();
        ledger.Write(LedgerKind.Withdrawn, Page.Withdrawn(entry, reason));
        lock (inventory.Gate) control.Send(new ControlMessage.FileWarning(inventory.Catalog.Entries[entry].Path.ToString(), text));
    }
}
