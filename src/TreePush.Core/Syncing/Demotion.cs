namespace TreePush.Core.Syncing;

/// <summary>
/// Moves a host to the end of a chain. Its children first move to its own parent. The host is attached behind others only when it
/// has no children left, so that no cycle can arise.
/// </summary>
internal sealed class Demotion(SyncState state, HostRemoval removal)
{
    public void Demote(Node node)
    {
        if (node.IsMoving || node.IsRoot || !node.IsUp) return;
        bool isLast = node.Out.Count == 0;
        node.IsSlow = true;
        state.Refresh(node);
        if (node.Above is { } parent) state.Refresh(parent);
        if (isLast) return;
        node.IsMoving = true;
        removal.Disperse(node);
    }

    /// <summary>
    /// Undoes the mark of a host that was demoted without need. Slow hosts may share a parent, but this host gets a parent of its
    /// own again.
    /// </summary>
    public void Clear(Node node)
    {
        node.IsSlow = false;
        state.Refresh(node);
        if (node.Above is not { } parent) return;
        state.Refresh(parent);
        if (node.Out.Count > 0 || parent.Out.Count(l => !l.Child.IsMoving) <= state.Slots(parent)) return;
        node.IsMoving = true;
        state.Seek(node);
    }

    /// <summary>The host is attached at its new place.</summary>
    public void Arrived(Node node)
    {
        node.IsMoving = false;
        state.Refresh(node);
    }
}
