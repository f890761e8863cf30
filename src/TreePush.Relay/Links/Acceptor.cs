using System.Net.Sockets;

namespace TreePush.Relay.Links;

/// <summary>Accepts connections, one after the other, until the socket is closed.</summary>
/// <param name="accept">Waits for the next connection.</param>
/// <param name="isOpen">Whether the socket is still open.</param>
/// <param name="take">Receives each connection.</param>
/// <param name="rest">Pauses after a failure. Without a pause, a relay without a free descriptor would fail in a busy loop.</param>
/// <param name="say">Called once with the reason why connections have to wait.</param>
internal sealed class Acceptor(Func<Socket> accept, Func<bool> isOpen, Action<Socket> take, Action rest, Action<string> say)
{
    private bool _hasSaid;

    public void Run()
    {
        while (true)
            try
            {
                take(accept());
            }
            catch (SocketException e)
            {
                if (!isOpen()) return;
                // A connection that ended before it was accepted is no reason to pause.
                if (e.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted) continue;
                Say(e.Message);
                rest();
            }
            catch (ObjectDisposedException)
            {
                return;
            }
    }

    private void Say(string why)
    {
        if (!_hasSaid) say($"connections of other hosts have to wait: {why}");
        _hasSaid = true;
    }
}
