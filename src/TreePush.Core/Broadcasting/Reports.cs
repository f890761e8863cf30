namespace TreePush.Core.Broadcasting;

/// <summary>What relays say of themselves: what they need, how far they are, that they have everything.</summary>
internal sealed class Reports(BroadcastState state, Departures departures, Succession succession, Closings closings, PaceJudge judge, Shaper shaper)
{
    private static readonly TimeSpan ToldEvery = TimeSpan.FromSeconds(1);

    public void Scanned(Node node, Need need, DateTimeOffset now)
    {
        node.LastHeard = now;
        if (node.Need is not null) return;
        node.Need = need;
        state.Tell(new HostScanned(now, node.Name, need));
        if (state.Policy.DryRun) state.Decide(node, Outcome.Succeeded);
        if (!need.IsNothing && node.Role == RelayRole.Mirror)
        {
            state.Tell(new HostServesNoMore(now, node.Name, "it differs from the source"));
            departures.Leave(node);
        }
        else if (need.IsNothing) Completed(node, now);
    }

    public void Progressed(Node node, HostProgress progress, DateTimeOffset now)
    {
        node.LastHeard = now;
        node.HasBegun |= progress.Received > 0;
        judge.Note(node, progress, now);
        shaper.Look(now);
        if (now - node.LastTold < ToldEvery) return;
        node.LastTold = now;
        state.Tell(new HostProgressed(now, node.Name, progress));
    }

    public void Delivered(Node node, Receipt receipt, DateTimeOffset now)
    {
        node.LastHeard = now;
        if (node.IsDelivered) return;
        node.IsDelivered = true;
        (node.IsMoving, node.IsSlow) = (false, false);
        var parent = node.Need is { IsNothing: true } ? null : node.LastParent;
        if (!node.IsWriter) state.Uproot(node);
        if (node.Outcome == Outcome.Open)
        {
            state.Decide(node, Outcome.Succeeded);
            state.Tell(new TargetDelivered(now, node.Name, parent?.Name, receipt, now - state.Started));
        }

        Completed(node, now);
        closings.Look(node);
    }

    private void Completed(Node node, DateTimeOffset now)
    {
        state.Refresh(node);
        if (node.Standing is { } link) state.Refresh(link.Parent);
        succession.Completed(now);
    }
}
