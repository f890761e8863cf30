namespace TreePush.Core.Syncing;

/// <summary>
/// Ends relays that have everything and serve nobody while other hosts are still working, because each relay costs the controller
/// a connection. Some are kept for hosts that may need a parent, in every zone that still has undecided targets.
/// </summary>
internal sealed class IdleRelays(HostRemoval removal)
{
    private const int KeptInAll = 8;
    private const int KeptInZone = 3;
    private const int LookedAtAtOnce = 2;

    private readonly Queue<Node> _idle = new();

    public void Look(Node node)
    {
        if (!IsIdle(node) || node.IsListedIdle) return;
        node.IsListedIdle = true;
        node.Zone.Idle++;
        _idle.Enqueue(node);
    }

    public void Run()
    {
        for (int looked = 0; looked < LookedAtAtOnce && _idle.Count > KeptInAll; looked++)
        {
            var node = _idle.Dequeue();
            bool isIdle = IsIdle(node);
            if (isIdle && node.Zone.Undecided > 0 && node.Zone.Idle <= KeptInZone)
            {
                _idle.Enqueue(node);
                continue;
            }

            node.IsListedIdle = false;
            node.Zone.Idle--;
            if (isIdle) removal.Close(node);
        }
    }

    private static bool IsIdle(Node node) => node is { IsUp: true, IsDelivered: true, IsWriter: false, Out.Count: 0 };
}
