using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>What this host needs, and the parent that is told of it.</summary>
internal sealed class Needs(PieceInventory inventory)
{
    private Receiver? _receiver;
    private ParentLink? _parent;
    private bool _isFirstKnown;
    private long _bytes;
    private int _withdrawn;

    /// <summary>Withdrawals that were not heard of yet. Under the inventory's lock.</summary>
    public bool AreOutdated => _withdrawn < inventory.Withdrawn.Count;

    /// <summary>Nothing is missing. Under the inventory's lock.</summary>
    public bool AreMet => _receiver!.Need.IsEmpty;

    /// <summary>Files that the source listed and could not bring. Under the inventory's lock.</summary>
    public int Missed { get; private set; }

    /// <summary>What is there by now. Under the inventory's lock.</summary>
    public (long Have, long Needed) Progress() => (_bytes - (_receiver?.NeedBytes ?? 0), _bytes);

    /// <summary>From now on pieces can be taken.</summary>
    public void Begin(Receiver receiver)
    {
        lock (inventory.Gate) _receiver = receiver;
    }

    /// <summary>From now on this is the parent: it is told of all that is still needed.</summary>
    public void SetParent(ParentLink parent)
    {
        lock (inventory.Gate)
        {
            _parent = parent;
            if (_isFirstKnown && !AreMet) parent.Send(new LinkMessage.Need(_receiver!.Need.ToRanges()));
        }
    }

    /// <summary>All pieces of these files are needed.</summary>
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

    /// <summary>Forgets what the source took back. Under the inventory's lock.</summary>
    /// <returns>The entries that it took back: their files are to be dropped without the lock, which nobody holds while the disk works.</returns>
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
