namespace TreePush.Core.Syncing;

/// <summary>Handles hosts that are listed under two names. One of them does the work, and the others get its outcome.</summary>
internal sealed class DuplicateHosts(SyncState state, HostRemoval removal)
{
    private readonly List<Node> _waiting = [];

    /// <summary>Marks a host as a duplicate of another. The duplicate serves nobody.</summary>
    public void Join(Node node, Node of, DateTimeOffset now)
    {
        while (of.DuplicateOf is { } first) of = first;
        if (of == node || node.Outcome != Outcome.Open) return;
        node.DuplicateOf = of;
        _waiting.Add(node);
        state.Emit(new HostExcluded(now, node.Name, $"it is the same host and path as {of.Name}, and is counted with it"));
        removal.Leave(node);
    }

    /// <summary>Gives the duplicates whose original is decided the same outcome.</summary>
    public void Settle(DateTimeOffset now) => _waiting.RemoveAll(node => node.DuplicateOf!.Outcome != Outcome.Open && Decide(node, node.DuplicateOf, now));

    private bool Decide(Node node, Node of, DateTimeOffset now)
    {
        switch (of.Outcome)
        {
            case Outcome.Failed:
                removal.Fail(node, of.Failure! with { Message = $"it is the same host and path as {of.Name}: {of.Failure.Message}" }, now);
                break;
            case Outcome.Succeeded when node.Outcome == Outcome.Open:
                state.Decide(node, Outcome.Succeeded);
                EmitSuccess(node, of, now);
                break;
            default:
                state.Decide(node, of.Outcome);
                break;
        }

        return true;
    }

    /// <summary>Emits the success of a duplicate, which received and wrote nothing itself. A duplicate of a source counts as a source.</summary>
    private void EmitSuccess(Node node, Node of, DateTimeOffset now)
    {
        if (!of.IsTarget) state.Emit(new TargetSkipped(now, node.Name));
        else if (of.Receipt is { } receipt)
            state.Emit(new TargetServed(now, node.Name, null, node.Links.Attempts, now - state.Started) { Receipt = receipt with { Received = 0, Sent = 0, Written = 0, Deleted = 0 } });
        else state.Emit(new HostScanned(now, node.Name, new Need(0, 0, 0, 0)));
    }
}
