namespace TreePush.Core.Broadcasting;

/// <summary>
/// Ends relays that have everything and serve nobody while others are still under way: each costs the controller a
/// connection. Some are kept, in every zone that has somebody under way, for hosts that may come to need them.
/// </summary>
internal sealed class Closings(Departures departures)
{
    private const int KeptInAll = 8;
    private const int KeptInZone = 3;
    private const int LookedAtAtOnce = 2;

    private readonly Queue<Node> _idle = new();

    public void Look(Node node)
    {
        if (!IsIdle(node) || node.IsListedIdle) return;
        node.IsListedIdle = true;
        node.Site.Idle++;
        _idle.Enqueue(node);
    }

    public void Run()
    {
        for (int looked = 0; looked < LookedAtAtOnce && _idle.Count > KeptInAll; looked++)
        {
            var node = _idle.Dequeue();
            bool isIdle = IsIdle(node);
            if (isIdle && node.Site.Undecided > 0 && node.Site.Idle <= KeptInZone)
            {
                _idle.Enqueue(node);
                continue;
            }

            node.IsListedIdle = false;
            node.Site.Idle--;
            if (isIdle) departures.Close(node);
        }
    }

    private static bool IsIdle(Node node) => node is { IsUp: true, IsDelivered: true, IsWriter: false, Out.Count: 0 };
}
