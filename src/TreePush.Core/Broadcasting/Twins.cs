using TreePush.Core.Pushing;

namespace TreePush.Core.Broadcasting;

/// <summary>Hosts that are listed under two names: one of them does the work, and the others end as it does.</summary>
internal sealed class Twins(BroadcastState state, Departures departures)
{
    private readonly List<Node> _waiting = [];

    /// <summary>The host leaves the work to the other, and serves nobody.</summary>
    public void Join(Node node, Node of, DateTimeOffset now)
    {
        while (of.TwinOf is { } first) of = first;
        if (of == node || node.Outcome != Outcome.Open) return;
        node.TwinOf = of;
        _waiting.Add(node);
        state.Tell(new HostServesNoMore(now, node.Name, $"it is the same host and path as {of.Name}, and is counted with it"));
        departures.Leave(node);
    }

    /// <summary>Tells what became of those whose twin is decided.</summary>
    public void Settle(DateTimeOffset now) => _waiting.RemoveAll(node => node.TwinOf!.Outcome != Outcome.Open && Decide(node, node.TwinOf, now));

    private bool Decide(Node node, Node of, DateTimeOffset now)
    {
        switch (of.Outcome)
        {
            case Outcome.Failed:
                departures.Fail(node, of.Failure! with { Message = $"it is the same host and path as {of.Name}: {of.Failure.Message}" }, now);
                break;
            case Outcome.Succeeded when node.Outcome == Outcome.Open:
                state.Decide(node, Outcome.Succeeded);
                TellSuccess(node, of, now);
                break;
            default:
                state.Decide(node, of.Outcome);
                break;
        }

        return true;
    }

    /// <summary>It received and wrote nothing itself. Where the other is a source, so is this one.</summary>
    private void TellSuccess(Node node, Node of, DateTimeOffset now)
    {
        if (!of.IsTarget) state.Tell(new TargetSkipped(now, node.Name));
        else if (of.Receipt is { } receipt)
            state.Tell(new TargetDelivered(now, node.Name, null, receipt with { Received = 0, Sent = 0, Written = 0, Deleted = 0 }, now - state.Started));
        else state.Tell(new HostScanned(now, node.Name, new Need(0, 0, 0, 0)));
    }
}
