using TreePush.Core.Pushing;

namespace TreePush.Core.Broadcasting;

/// <summary>Takes a relay that says nothing for too long for dead, and a link that neither stands nor fails for failed.</summary>
/// <param name="lost">What to do about a relay that is.</param>
internal sealed class Watchman(BroadcastState state, Action<Node, Failure, DateTimeOffset> lost, LinkVerdicts verdicts)
{
    private DateTimeOffset _awakeSince, _last;

    private TimeSpan Silence => state.Policy.Silence;

    /// <summary>Notes that time has passed. A controller that was stopped itself for a while (a laptop asleep) heard nobody, which says nothing of the hosts.</summary>
    public void Wake(DateTimeOffset now)
    {
        if (now - _last > Silence / 2) _awakeSince = now;
        _last = now;
    }

    public void Watch(Node node, DateTimeOffset now)
    {
        node.LastHeard = now;
        state.At(now + Silence, then => Look(node, then));
    }

    private void Look(Node node, DateTimeOffset now)
    {
        if (!node.IsUp) return;
        if (node.Pending is { } pending && now - Later(pending.Asked) >= Silence)
            verdicts.Lost(pending, LinkFault.Silent, "there was no answer", now);
        var heard = Later(node.LastHeard);
        if (now - heard >= Silence)
            lost(node, new Failure(FailureKind.ConnectionLost, $"{node.Name} said nothing for {Silence.TotalSeconds:0} s"), now);
        else state.At(heard + Silence, then => Look(node, then));
    }

    private DateTimeOffset Later(DateTimeOffset time) => time > _awakeSince ? time : _awakeSince;
}
