namespace TreePush.Core.Syncing;

/// <summary>
/// Moves a host to the end of a chain. Its children leave first, to its own parent; only when nothing hangs on it any more
/// is it attached behind others, so that no cycle can arise on the way.
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

    /// <summary>The host was moved without need. Slow ones may share a parent; it is to have one that is its own.</summary>
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

    /// <summary>The host stands at its new place.</summary>
    public void Arrived(Node node)
    {
        node.IsMoving = false;
        state.Refresh(node);
    }
}
