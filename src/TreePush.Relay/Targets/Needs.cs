using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>The need of this host, and the parent that is told of it.</summary>
internal sealed class Needs(PieceInventory inventory)
{
    private Receiver? _receiver;
    private ParentLink? _parent;
    private bool _isFirstKnown;
    private long _bytes;
    private int _withdrawn;

    /// <summary>Whether there are withdrawals that were not handled yet. Call under the inventory's lock.</summary>
    public bool AreOutdated => _withdrawn < inventory.Withdrawn.Count;

    /// <summary>Whether nothing is missing. Call under the inventory's lock.</summary>
    public bool AreMet => _receiver!.Need.IsEmpty;

    /// <summary>The number of files that the source listed but could not send. Use under the inventory's lock.</summary>
    public int Missed { get; private set; }

    /// <summary>Returns how many bytes of the need are on this host, and the size of the need. Call under the inventory's lock.</summary>
    public (long Have, long Needed) Progress() => (_bytes - (_receiver?.NeedBytes ?? 0), _bytes);

    /// <summary>Sets the receiver. Pieces can be taken from now on.</summary>
    public void Begin(Receiver receiver)
    {
        lock (inventory.Gate) _receiver = receiver;
    }

    /// <summary>Sets the parent, and tells it everything that is still needed.</summary>
    public void SetParent(ParentLink parent)
    {
        lock (inventory.Gate)
        {
            _parent = parent;
            if (_isFirstKnown && !AreMet) parent.Send(new LinkMessage.Need(_receiver!.Need.ToRanges()));
        }
    }

    /// <summary>Adds all pieces of these files to the need.</summary>
    public void AddFiles(IReadOnlyList<int> entries)
    {
        lock (inventory.Gate)
        {
            var needed = new PieceSet();
            foreach (int entry in entries)
            {
                if (inventory.Catalog.IsWithdrawn(entry)) continue;
                needed.Add(inventory.Catalog.PiecesOf(entry));
                Add(inventory.Catalog.PiecesOf(entry));
            }

            _isFirstKnown = true;
            if (!needed.IsEmpty) _parent?.Send(new LinkMessage.Need(needed.ToRanges()));
            inventory.Pulse();
        }
    }

    public void AddPiece(int piece)
    {
        lock (inventory.Gate)
        {
            var one = new PieceRange(piece, 1);
            Add(one);
            _parent?.Send(new LinkMessage.Need([one]));
        }
    }

    /// <summary>Removes withdrawn entries from the need. Call under the inventory's lock.</summary>
    /// <returns>The withdrawn entries. The caller must drop their files without the lock, which is never held during disk access.</returns>
    public List<int> DropWithdrawn()
    {
        var dropped = new List<int>();
        for (; AreOutdated; _withdrawn++)
        {
            var (entry, reason) = inventory.Withdrawn[_withdrawn];
            long before = _receiver!.NeedBytes;
            _receiver.Withdraw(inventory.Catalog.PiecesOf(entry));
            _bytes -= before - _receiver.NeedBytes;
            if (reason is Withdrawal.Unreadable or Withdrawal.Unstable) Missed++;
            dropped.Add(entry);
        }

        return dropped;
    }

    private void Add(PieceRange pieces)
    {
        long before = _receiver!.NeedBytes;
        for (int piece = (int)pieces.First; piece < pieces.End; piece++) _receiver.AddNeed(piece);
        _bytes += _receiver.NeedBytes - before;
    }
}
