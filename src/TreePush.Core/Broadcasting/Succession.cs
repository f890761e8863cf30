using TreePush.Core.Pushing;

namespace TreePush.Core.Broadcasting;

/// <summary>What happens when the host that writes the ledger is gone: another that has everything goes on, or, before anything began, the next given source starts anew.</summary>
internal sealed class Succession(BroadcastState state, Openings openings, Departures departures, Attacher attacher)
{
    /// <summary>How long a host that had nearly everything may take to show that it has all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private (Node Writer, Failure Failure)? _lost;
    private DateTimeOffset _lostAt;

    public void WriterIsUp(Node node)
    {
        state.Writer = node;
        openings.WriterIsUp();
        attacher.WriterIsUp();
    }

    public void WriterLost(Node writer, Failure failure, DateTimeOffset now)
    {
        writer.IsWriter = false;
        state.Writer = null;
        (_lost, _lostAt) = ((writer, failure), now);
        if (Replace(now)) return;
        if (!state.HasLinked && openings.OpenWriter(now)) _lost = null;
        else if (!state.HasLinked) FailAll(now);
        else state.At(now + (Patience < state.Policy.Silence ? Patience : state.Policy.Silence), EndOfPatience);
    }

    /// <summary>A host has turned out to have everything.</summary>
    public void Completed(DateTimeOffset now)
    {
        if (_lost is not null) Replace(now);
    }

    private bool Replace(DateTimeOffset now)
    {
        var (lost, _) = _lost!.Value;
        var position = lost.Host.Placement.Position;
        var successor = state.Complete.Values.OrderByDescending(n => n.IsDelivered).ThenBy(n => n.Site == lost.Site ? 0 : 1)
            .ThenBy(n => n.Host.Placement.Position ^ position).FirstOrDefault();
        if (successor is null) return false;
        _lost = null;
        successor.IsWriter = true;
        state.Uproot(successor);
        state.Do(new BroadcastCommand.Promote(successor.Name));
        state.Tell(new SourceReplaced(now, lost.Name, successor.Name));
        WriterIsUp(successor);
        return true;
    }

    /// <summary>A further source that is still being compared is waited for a while longer: most likely it has everything.</summary>
    private void EndOfPatience(DateTimeOffset now)
    {
        if (_lost is null || Replace(now)) return;
        bool isHope = now - _lostAt < 2 * state.Policy.Silence && state.Nodes.Any(IsCompared);
        if (isHope) state.At(now + LookEvery, EndOfPatience);
        else FailAll(now);
    }

    private static bool IsCompared(Node node) => node is { Role: RelayRole.Mirror, Need: null, State: RelayState.Opening or RelayState.Up };

    private void FailAll(DateTimeOffset now)
    {
        var (lost, failure) = _lost!.Value;
        string reason = state.HasLinked
            ? $"the source {lost.Name} was lost before anybody had everything ({failure.Message})"
            : $"no source could be used; the last one, {lost.Name}: {failure.Message}";
        var all = new Failure(FailureKind.SourcesLost, reason, failure.Hint);
        foreach (var node in state.Nodes)
            if (node.Outcome == Outcome.Open) departures.Fail(node, all, now);
    }
}
