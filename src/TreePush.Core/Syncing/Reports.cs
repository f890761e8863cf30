using TreePush.Core.Syncing.Stragglers;

namespace TreePush.Core.Syncing;

/// <summary>Handles the reports of relays: their need, their progress, and that they have everything.</summary>
internal sealed class Reports(SyncState state, HostRemoval removal, SourceFailover failover, IdleRelays idleRelays, StragglerDetector stragglers, TopologySelector topologies)
{
    private static readonly TimeSpan ToldEvery = TimeSpan.FromSeconds(1);

    /// <summary>The failure of a dry run's targets. A dry run ends as the real run would.</summary>
    private static readonly Failure NotWhole = new(
        FailureKind.SourceIncomplete, "the source could not read all of its files: a run would delete nothing, and fail", "the files are named above, and in the log");

    public void Scanned(Node node, SyncInput.Scanned scanned, DateTimeOffset now)
    {
        var need = scanned.Need;
        node.LastHeard = now;
        if (node.Need is not null) return;
        node.Need = need;
        state.LastGain = now;
        state.Emit(new HostScanned(now, node.Name, need));
        if (state.Policy.DryRun)
        {
            if (!scanned.IsWhole) removal.Fail(node, NotWhole, now);
            Served(node);
        }

        if (!need.IsNothing && node.Role == RelayRole.Mirror)
        {
            state.Emit(new HostExcluded(now, node.Name, "it differs from the source"));
            removal.Leave(node);
        }
        else if (node.HasAll) Completed(node, now);
    }

    /// <summary>Marks a host as complete: it no longer needs a parent. In a dry run, the whole ledger is all that a host receives.</summary>
    private void Served(Node node)
    {
        node.IsDelivered = true;
        (node.IsMoving, node.IsSlow) = (false, false);
        if (!node.IsWriter) state.Uproot(node);
        state.Decide(node, Outcome.Succeeded);
    }

    public void Progressed(Node node, SyncInput.Progressed told, DateTimeOffset now)
    {
        var progress = told.Progress;
        node.LastHeard = now;
        node.HasBegun |= progress.Received > 0;
        node.Pages = progress.Pages;
        if (progress.Have > node.Have) (node.Have, state.LastGain) = (progress.Have, now);
        stragglers.Note(node, progress, told.At ?? now, now);
        topologies.Look(now);
        if (now - node.LastTold < ToldEvery) return;
        node.LastTold = now;
        state.Emit(new HostProgressed(now, node.Name, progress));
    }

    public void Delivered(Node node, Receipt receipt, DateTimeOffset now)
    {
        node.LastHeard = now;
        if (node.IsDelivered) return;
        state.LastGain = now;
        node.Receipt = receipt;
        bool isAwaited = node.Outcome == Outcome.Open;
        var parent = node.Need is { IsNothing: true } ? null : node.LastParent;
        Served(node);
        if (isAwaited) state.Emit(new TargetServed(now, node.Name, parent?.Name, node.Links.Attempts, now - state.Started) { Receipt = receipt });
        Completed(node, now);
    }

    private void Completed(Node node, DateTimeOffset now)
    {
        state.Refresh(node);
        if (node.Standing is { } link) state.Refresh(link.Parent);
        failover.Completed(now);
        idleRelays.Look(node);
    }
}
