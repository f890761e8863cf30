namespace TreePush.Core.Syncing;

/// <summary>
/// Failover of the source: what happens when the writer of the ledger is lost. Before anything was linked, the next given source
/// starts a new ledger. Later, another host that has everything continues the ledger, if the user's policy allows it, because the
/// writer decides what the files are. If there is no such host, the hosts still exchange what they have; this is everything if
/// the writer had hashed all that is wanted. The run fails when no host makes progress any more.
/// </summary>
internal sealed class SourceFailover(SyncState state, RelayStarts starts, HostRemoval removal, ParentAssignment attacher)
{
    /// <summary>How long a nearly complete host may take to become complete, and how long the run may go without progress.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private const string Advice = "name another source with -s, or use --failover any, which lets a target that has everything replace a lost source";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private (Node Writer, Failure Failure)? _lost;
    private DateTimeOffset _lostAt;

    public void WriterIsUp(Node node)
    {
        state.Writer = node;
        starts.WriterIsUp();
        attacher.WriterIsUp();
    }

    public void WriterLost(Node writer, Failure failure, DateTimeOffset now)
    {
        writer.IsWriter = false;
        state.Writer = null;
        (_lost, _lostAt) = ((writer, failure), now);
        if (Replace(now)) return;
        if (!state.HasLinked && starts.OpenWriter(now)) _lost = null;
        else if (!state.HasLinked) FailAll(now);
        else state.At(now + Limit, EndOfPatience);
    }

    private TimeSpan Limit => Patience < state.Policy.Silence ? Patience : state.Policy.Silence;

    /// <summary>Handles a host that turned out to have everything. It continues the ledger, or other hosts can at least receive from it.</summary>
    public void Completed(DateTimeOffset now)
    {
        if (_lost is not null && !Replace(now)) attacher.SeekAll(state.Stranded);
    }

    private bool MaySucceed(Node node) => state.Policy.Failover == Failover.Any || node.Role == RelayRole.Mirror;

    private bool Replace(DateTimeOffset now)
    {
        var (lost, _) = _lost!.Value;
        var position = lost.Host.Placement.Position;
        var successor = state.Complete.Values.Where(MaySucceed).OrderBy(n => n.Role == RelayRole.Mirror ? 0 : 1).ThenByDescending(n => n.Pages).ThenByDescending(n => n.IsDelivered).ThenBy(n => n.Zone == lost.Zone ? 0 : 1)
            .ThenBy(n => n.Host.Placement.Position ^ position).FirstOrDefault();
        if (successor is null) return false;
        _lost = null;
        successor.IsWriter = true;
        state.Uproot(successor);
        state.Issue(new SyncCommand.Promote(successor.Name));
        state.Emit(new SourceReplaced(now, lost.Name, successor.Name));
        WriterIsUp(successor);
        return true;
    }

    /// <summary>
    /// Fails the run unless hosts still make progress, or a further source is still being compared. Such a source most likely has
    /// everything.
    /// </summary>
    private void EndOfPatience(DateTimeOffset now)
    {
        if (_lost is null || Replace(now)) return;
        bool isHope = now - _lostAt < 2 * state.Policy.Silence && (state.Opening > 0 || state.Nodes.Any(IsCompared));
        bool isMoving = now - state.LastGain < Limit;
        if (isHope || isMoving) state.At(now + LookEvery, EndOfPatience);
        else FailAll(now);
    }

    private static bool IsCompared(Node node) => node is { Role: RelayRole.Mirror, Need: null, State: RelayState.Opening or RelayState.Up };

    private string Reason(Node lost, Failure failure)
    {
        if (!state.HasLinked) return $"no source could be used; the last one, {lost.Name}: {failure.Message}";
        return state.Complete.Count == 0
            ? $"the source {lost.Name} was lost before any other host had everything ({failure.Message})"
            : $"the source {lost.Name} was lost, and no other source can take its place ({failure.Message})";
    }

    private void FailAll(DateTimeOffset now)
    {
        var (lost, failure) = _lost!.Value;
        var all = new Failure(FailureKind.SourcesLost, Reason(lost, failure), state is { HasLinked: true, Complete.Count: > 0 } ? Advice : failure.Hint);
        foreach (var node in state.Nodes)
            if (node.Outcome == Outcome.Open) removal.Fail(node, all, now);
    }
}
