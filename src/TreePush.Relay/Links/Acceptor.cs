using System.Net.Sockets;

namespace TreePush.Relay.Links;

/// <summary>Takes connections, one after the other, until the socket is closed.</summary>
/// <param name="accept">Waits for the next.</param>
/// <param name="isOpen">Whether there can be a next one.</param>
/// <param name="take">Gets each.</param>
/// <param name="rest">Waits for something that may help: without a pause a relay without a free descriptor would do nothing but fail.</param>
/// <param name="say">Told once why connections have to wait.</param>
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
                // A connection that ended before it was taken is no reason to wait.
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
