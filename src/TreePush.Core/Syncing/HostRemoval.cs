namespace TreePush.Core.Syncing;

/// <summary>Removes hosts that are lost, failed, given up or no longer needed. Their children are attached to other hosts.</summary>
internal sealed class HostRemoval(SyncState state)
{
    /// <summary>Handles a lost relay, or a lost connection to a relay.</summary>
    public void Lost(Node node, Failure failure, DateTimeOffset now)
    {
        if (node.State is not (RelayState.Opening or RelayState.Up)) return;
        Remove(node);
        if (node.DuplicateOf is not null) return;
        state.Emit(new HostLost(now, node.Name, failure));
        Fail(node, failure, now);
    }

    /// <summary>
    /// Handles a host that can't continue through its own fault while its relay still runs. It serves its children until they
    /// have found other parents.
    /// </summary>
    public void Failed(Node node, Failure failure, bool canServe, DateTimeOffset now)
    {
        if (!node.IsUp || node.IsLeaving) return;
        Fail(node, failure, now);
        if (canServe && node.HasAll) return;
        state.Emit(new HostExcluded(now, node.Name, failure.Message));
        Leave(node);
    }

    /// <summary>Handles a host that will never have everything. Its children go elsewhere; otherwise they would wait for ever for what it lacks.</summary>
    public void Lacking(Node node, string message, DateTimeOffset now)
    {
        state.Emit(new HostExcluded(now, node.Name, message));
        StopServing(node);
    }

    /// <summary>Gives up a host that no other host can serve.</summary>
    public void GiveUp(Node node, DateTimeOffset now)
    {
        string reason = node.Links.LastFault is { } last ? $"its links failed, the last one {Words(last.Fault)}: {last.Message}" : "no host is left from which it could receive";
        Fail(node, new Failure(FailureKind.LinksFailed, reason), now);
        Leave(node);
    }

    /// <summary>Sends a host's children elsewhere, and closes the host when they have left.</summary>
    public void Leave(Node node)
    {
        node.IsLeaving = true;
        StopServing(node);
        if (node.Out.Count == 0) Close(node);
    }

    /// <summary>Excludes a host as a parent: it gets no more children, and its present children go elsewhere.</summary>
    public void StopServing(Node node)
    {
        node.IsExcluded = true;
        Disperse(node);
    }

    /// <summary>Makes a host's children look for other parents. They keep this one until they have found one.</summary>
    public void Disperse(Node node)
    {
        state.Refresh(node);
        foreach (var link in node.Out) state.Seek(link.Child);
    }

    public void Close(Node node)
    {
        if (node.State is not (RelayState.Opening or RelayState.Up)) return;
        Remove(node);
        state.Issue(new SyncCommand.Close(node.Name));
    }

    public void Fail(Node node, Failure failure, DateTimeOffset now)
    {
        if (node.Outcome != Outcome.Open) return;
        node.Failure = failure;
        state.Decide(node, Outcome.Failed);
        state.Emit(new TargetFailed(now, node.Name, node.LastParent?.Name, node.Links.Attempts, now - state.Started, failure));
    }

    private void Remove(Node node)
    {
        state.Move(node, RelayState.Gone);
        state.Stranded.Remove(node);
        foreach (var link in node.Out.ToList())
        {
            state.Detach(link);
            link.Child.Links.Failures.Remove(node); // The loss of the parent is not the child's fault.
            state.Seek(link.Child);
        }

        if (node.Standing is { } standing) state.Detach(standing);
        if (node.Pending is { } pending) state.Detach(pending);
    }

    private static string Words(LinkFault fault) => fault switch
    {
        LinkFault.Unreachable => "could not be connected",
        LinkFault.Refused => "was refused",
        LinkFault.Closed => "was closed",
        LinkFault.Silent => "stopped responding",
        LinkFault.Corrupt => "carried corrupt data",
        _ => "failed",
    };
}
