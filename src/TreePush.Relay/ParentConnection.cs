using TreePush.Core.Syncing;
using TreePush.Relay.Control;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;
using TreePush.Relay.Targets;

namespace TreePush.Relay;

/// <summary>Whose child this relay is. The old parent is left only when the new one stands, and for the last that was named.</summary>
internal sealed class ParentConnection(ControlMessage.Start start, ControlChannel control, LedgerReader ledger, PieceBufferPool pool, TargetRun target)
{
    private readonly object _gate = new();
    private ParentLink? _parent;

    /// <summary>How often somebody has said who the parent is: what an earlier word leads to is not wanted any more.</summary>
    private int _words;

    /// <inheritdoc cref="ParentLink.Burst"/>
    public long Burst
    {
        get
        {
            lock (_gate) return _parent?.Burst ?? 0;
        }
    }

    /// <returns>The word to <see cref="Take"/> the seat with.</returns>
    public int Name()
    {
        lock (_gate) return ++_words;
    }

    /// <summary>No parent any more, and none of those named so far.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _words++;
            _parent?.Dispose();
            _parent = null;
        }
    }

    /// <summary>Becomes another relay's child, and receives until the link ends.</summary>
    /// <exception cref="RelayFaultException">What comes can't be written.</exception>
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
            // It was left for another one.
        }
    }

    private bool IsLeft(ParentLink link)
    {
        lock (_gate) return _parent != link;
    }
}
