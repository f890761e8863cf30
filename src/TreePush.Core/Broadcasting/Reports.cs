using TreePush.Core.Pushing;

namespace TreePush.Core.Broadcasting;

/// <summary>What relays say of themselves: what they need, how far they are, that they have everything.</summary>
internal sealed class Reports(BroadcastState state, Departures departures, Succession succession, Closings closings, PaceJudge judge, Shaper shaper)
{
    private static readonly TimeSpan ToldEvery = TimeSpan.FromSeconds(1);

    /// <summary>A dry run ends as the run would.</summary>
    private static readonly Failure NotWhole = new(
        FailureKind.SourceIncomplete, "the source could not read all of its files: a run would delete nothing, and fail", "the files are named above, and in the log");

    public void Scanned(Node node, BroadcastInput.Scanned scanned, DateTimeOffset now)
    {
        var need = scanned.Need;
        node.LastHeard = now;
        if (node.Need is not null) return;
        node.Need = need;
        state.LastGain = now;
        state.Tell(new HostScanned(now, node.Name, need));
        if (state.Policy.DryRun)
        {
            if (!scanned.IsWhole) departures.Fail(node, NotWhole, now);
            Served(node);
        }

        if (!need.IsNothing && node.Role == RelayRole.Mirror)
        {
            state.Tell(new HostServesNoMore(now, node.Name, "it differs from the source"));
            departures.Leave(node);
        }
        else if (node.HasAll) Completed(node, now);
    }

    /// <summary>The host needs nobody any more. (With the whole ledger, all that a dry run brings is there.)</summary>
    private void Served(Node node)
    {
        node.IsDelivered = true;
        (node.IsMoving, node.IsSlow) = (false, false);
        if (!node.IsWriter) state.Uproot(node);
        state.Decide(node, Outcome.Succeeded);
    }

    public void Progressed(Node node, BroadcastInput.Progressed told, DateTimeOffset now)
    {
        var progress = told.Progress;
        node.LastHeard = now;
        node.HasBegun |= progress.Received > 0;
        node.Pages = progress.Pages;
        if (progress.Have > node.Have) (node.Have, state.LastGain) = (progress.Have, now);
        judge.Note(node, progress, told.At ?? now, now);
        shaper.Look(now);
        if (now - node.LastTold < ToldEvery) return;
        node.LastTold = now;
        state.Tell(new HostProgressed(now, node.Name, progress));
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
        if (isAwaited) state.Tell(new TargetDelivered(now, node.Name, parent?.Name, receipt, now - state.Started));
        Completed(node, now);
    }

    private void Completed(Node node, DateTimeOffset now)
    {
        state.Refresh(node);
        if (node.Standing is { } link) state.Refresh(link.Parent);
        succession.Completed(now);
        closings.Look(node);
    }
}
