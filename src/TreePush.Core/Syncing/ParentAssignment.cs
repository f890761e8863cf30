namespace TreePush.Core.Syncing;

/// <summary>Gives every host that needs a parent one, and retries for those that found none.</summary>
internal sealed class ParentAssignment(SyncState state, ParentSelection finder, HostRemoval removal, IdleRelays idleRelays)
{
    /// <summary>How long a host may wait for others that fit the end of the chain better.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.3);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(0.5);

    public void Run(DateTimeOffset now)
    {
        bool isBusy;
        do
        {
            isBusy = false;
            for (; state.NextSeeker(out var node); isBusy = true) Place(node, now);
            for (; state.NextEmptied(out var node); isBusy = true) Emptied(node, now);
        }
        while (isBusy);
    }

    /// <summary>Handles a new writer: the hosts that waited for one look for a parent, in order of zone.</summary>
    public void WriterIsUp() =>
        SeekAll(state.Stranded.OrderBy(n => n.Zone == state.Writer!.Zone ? 0 : 1).ThenBy(n => n.Zone.Order).ThenBy(n => n.Order));

    public void SeekAll(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes.ToList())
        {
            node.StrandedSince = null;
            state.Seek(node);
        }
    }

    private void Place(Node node, DateTimeOffset now)
    {
        if (!WantsParent(node)) return;
        if (finder.Find(node, now) is not { } found) Strand(node, now);
        else if (!Holds(node, found.Parent, now))
        {
            state.Attach(node, found.Parent, found.Route, now);
            Release(node.Zone);
        }
    }

    /// <summary>
    /// Whether the host needs a parent: it has no link up, its parent can't serve, or it is being moved. A host whose new link is
    /// still being made waits for that link.
    /// </summary>
    private static bool WantsParent(Node node) =>
        node is { IsUp: true, IsRoot: false, Pending: null } && (node is { IsMoving: true, Out.Count: 0 } || node.Standing is not { Parent.CanServe: true });

    /// <summary>Whether a new host must wait a moment, because hosts nearer to the end of the chain are about to be ready.</summary>
    private bool Holds(Node node, Node parent, DateTimeOffset now)
    {
        if (node.LastParent is not null || parent.Zone == node.Zone || parent.Zone.Opening == 0 || parent is { IsRoot: true, Out.Count: 0 }) return false;
        if (node.HeldUntil is { } until) return now < until;
        node.HeldUntil = now + Grace;
        node.Zone.Held.Add(node);
        state.At(node.HeldUntil.Value, _ => state.Seek(node));
        return true;
    }

    /// <summary>Lets the held hosts of a zone look for a parent after one of them was attached, so that they stay together.</summary>
    private void Release(Zone zone)
    {
        foreach (var node in zone.Held) state.Seek(node);
        zone.Held.Clear();
    }

    private void Strand(Node node, DateTimeOffset now)
    {
        if (node.Standing is null && state.Writer is not null)
        {
            node.StrandedSince ??= now;
            if (now - node.StrandedSince > 2 * state.Policy.Silence)
            {
                removal.GiveUp(node, now);
                return;
            }

            SetFree(node);
        }

        if (state.Stranded.Add(node) || state.Writer is not null) state.At(now + RetryDelay, _ => state.Seek(node));
    }

    /// <summary>
    /// Frees a host without a parent of its children. They may find parents of their own, and a host without children can be
    /// attached anywhere.
    /// </summary>
    private void SetFree(Node node)
    {
        if (node.IsMoving || node.Out.Count == 0) return;
        node.IsMoving = true;
        removal.Disperse(node);
    }

    private void Emptied(Node node, DateTimeOffset now)
    {
        if (node.Out.Count > 0 || !node.IsUp) return;
        if (node.IsLeaving) removal.Close(node);
        else if (node.IsMoving) Place(node, now);
        else idleRelays.Look(node);
    }
}
