using TreePush.Core.Syncing;
using TreePush.Relay.Control;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;
using TreePush.Relay.Targets;

namespace TreePush.Relay;

/// <summary>
/// The connection to this relay's parent. The old parent is left only when the link to the new one is up, and only for the parent
/// named last.
/// </summary>
internal sealed class ParentConnection(ControlMessage.Start start, ControlChannel control, LedgerReader ledger, PieceBufferPool pool, TargetRun target)
{
    private readonly object _gate = new();
    private ParentLink? _parent;

    /// <summary>Counts the changes of the parent. The result of an earlier change is dropped.</summary>
    private int _words;

    /// <inheritdoc cref="ParentLink.Burst"/>
    public long Burst
    {
        get
        {
            lock (_gate) return _parent?.Burst ?? 0;
        }
    }

    /// <returns>The number of this change, to be passed to <see cref="Take"/>.</returns>
    public int Name()
    {
        lock (_gate) return ++_words;
    }

    /// <summary>Drops the parent, and all parents named so far.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _words++;
            _parent?.Dispose();
            _parent = null;
        }
    }

    /// <summary>Becomes the child of another relay, and receives until the link ends.</summary>
    /// <exception cref="RelayFaultException">The received data can't be written.</exception>
    public void Take(ControlMessage.Attach attach, int word)
    {
        try
        {
            var known = ledger.Known;
            var (stream, parentKnows) = new Dialer(attach, start, known).Dial();
            var link = new ParentLink(attach.Link, stream, parentKnows, ledger, pool, target);
            Seat(link, word);
            control.Send(new ControlMessage.Linked(attach.Link));
            target.SetParent(link);
            Receive(link);
        }
        catch (LinkException e)
        {
            control.Send(new ControlMessage.LinkLost(attach.Link, e.Fault, e.Message));
        }
    }

    private void Seat(ParentLink link, int word)
    {
        lock (_gate)
        {
            if (word != _words)
            {
                link.Dispose();
                throw new LinkException(LinkFault.Closed, "another parent was named since");
            }

            _parent?.Dispose();
            _parent = link;
        }
    }

    private void Receive(ParentLink link)
    {
        try
        {
            link.Run();
        }
        catch (LinkException) when (IsLeft(link))
        {
            // The link was replaced by another one.
        }
    }

    private bool IsLeft(ParentLink link)
    {
        lock (_gate) return _parent != link;
    }
}
