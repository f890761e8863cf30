namespace TreePush.Core.Syncing;

/// <summary>
/// The liveness monitor. It detects relays that have said nothing for too long, hosts whose disk does not respond, and links that
/// neither come up nor fail.
/// </summary>
/// <param name="lost">Called for a host that is dead or can't continue.</param>
internal sealed class LivenessMonitor(SyncState state, HostRemoval removal, Action<Node, Failure, DateTimeOffset> lost, LinkFaultAttribution faults)
{
    private DateTimeOffset _awakeSince, _steadySince, _last;

    private TimeSpan Silence => state.Policy.Silence;

    /// <summary>
    /// Notes that time has passed. A controller that was stopped itself for a while (a sleeping laptop) received nothing, which
    /// is no evidence against the hosts.
    /// </summary>
    public void Wake(DateTimeOffset now)
    {
        if (now - _last > Silence / 2) _awakeSince = now;
        if (now - _last > state.Policy.Quiet / 2) _steadySince = now;
        _last = now;
    }

    public void Watch(Node node, DateTimeOffset now)
    {
        node.LastHeard = now;
        state.At(now + Silence, then => Look(node, then));
    }

    /// <summary>
    /// Notes what a report implies about the host's parent. A host whose network is cut is given up only after
    /// <see cref="SyncPolicy.Silence"/>. A child that receives nothing while its parent has missed two reports does not wait that
    /// long. The child's own report is required: a controller that receives nothing for a moment must not move all hosts.
    /// </summary>
    /// <param name="gained">Whether the host has received anything since its last report.</param>
    public void NoteReport(Node node, bool gained, DateTimeOffset now)
    {
        SetQuiet(node, false);
        if (gained || node.HasAll || node.Standing is not { Parent: { IsWriter: false } parent }) return;
        if (!parent.IsQuiet && now - Later(parent.LastHeard, _steadySince) < state.Policy.Quiet) return;
        SetQuiet(parent, true);
        state.Seek(node);
    }

    private void SetQuiet(Node node, bool isQuiet)
    {
        if (node.IsQuiet == isQuiet) return;
        node.IsQuiet = isQuiet;
        state.Refresh(node);
        if (node.Above is { } parent) state.Refresh(parent);
    }

    /// <summary>
    /// Notes how long a host's disk has not responded. The relay of such a host still reports, so only this value shows that the
    /// host passes nothing on.
    /// </summary>
    public void NoteDisk(Node node, TimeSpan stalled, DateTimeOffset now)
    {
        if (stalled >= state.Policy.DiskPatience)
            lost(node, new Failure(FailureKind.DiskStalled, $"the disk of {node.Name} has not responded for {stalled.TotalSeconds:0} s", "does a mount hang on that host (NFS, a failing disk, a frozen file system)?"), now);
        else if (stalled < state.Policy.DiskStall) Resume(node);
        else if (!node.IsStalled)
        {
            node.IsStalled = true;
            state.Emit(new HostStalled(now, node.Name, stalled));
            removal.Disperse(node);
        }
    }

    private void Resume(Node node)
    {
        if (!node.IsStalled) return;
        node.IsStalled = false;
        state.Refresh(node);
        state.Seek(node);
    }

    private void Look(Node node, DateTimeOffset now)
    {
        if (!node.IsUp) return;
        if (node.Pending is { } pending && now - Later(pending.Asked, _awakeSince) >= Silence)
            faults.Lost(pending, LinkFault.Silent, "there was no answer", now);
        var heard = Later(node.LastHeard, _awakeSince);
        if (now - heard >= Silence)
            lost(node, new Failure(FailureKind.ConnectionLost, $"{node.Name} sent nothing for {Silence.TotalSeconds:0} s"), now);
        else state.At(heard + Silence, then => Look(node, then));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
