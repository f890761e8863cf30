namespace TreePush.Core.Broadcasting;

/// <summary>
/// Finds hosts that hold others back, and has them moved to the end. In a chain everything below a slow link runs at its
/// rate; the slow link itself is where bytes wait to be sent. As some link is always the slowest, that alone says nothing: a
/// child is moved only where its parent, or most other hosts, have shown that more than twice its rate is possible. What
/// a move brought is watched: where the next child does no better, its parent, or the way between two zones, is the slow one.
/// </summary>
internal sealed class PaceJudge(BroadcastState state, RateBook rates, Mover mover)
{
    /// <summary>Below this part of what is possible a link is slow.</summary>
    private const double Slow = 0.5;

    /// <summary>A move must have brought this much.</summary>
    private const double Gain = 1.5;

    /// <summary>After so many moves in vain a parent is the slow one.</summary>
    private const int MostFruitless = 2;

    private const int HostsMeasured = 3;
    private const long LeastBacklog = 256 << 10;

    /// <summary>How long a link must have been busy for its rate to count, and how long if it is no slower than half of <see cref="Slow"/>.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(0.45);
    private static readonly TimeSpan VeryLong = TimeSpan.FromSeconds(0.9);

    /// <summary>How long a host that was moved in vain may take to show how fast it is elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan TrialTime = TimeSpan.FromSeconds(5);

    private readonly HashSet<(Site, Site)> _slowCrossings = [];

    public void Note(Node parent, HostProgress progress, DateTimeOffset now)
    {
        parent.Pace.Note(progress, now);
        if (progress.Burst > 0) rates.Note(parent, progress.Burst);
        int busy = 0;
        foreach (var told in progress.Children)
        {
            if (state.FindLink(told.Link) is not { Stands: true } link || link.Parent != parent) continue;
            link.Pace.Note(told, now, Math.Max(LeastBacklog, (long)(0.2 * (link.Pace.Rate ?? 0))));
            if (link.Pace.BusySince is not null) busy++;
        }

        foreach (var link in parent.Out)
            if (link is { Stands: true, Pace.Rate: { } rate } && link.Pace.IsBusyFor(Long) && link.Child.Pace.Burst <= 0) rates.Note(link.Child, rate * busy);
        if (parent.Pace.Trial is { } trial) Conclude(parent, trial, now);
        else if (SlowLink(parent, busy) is { } slow) MoveBack(slow, now);
    }

    private Link? SlowLink(Node parent, int busy)
    {
        foreach (var link in parent.Out)
        {
            if (!IsJudged(link) || link.Child.Out.Count == 0) continue;
            double limit = Slow / (1 << parent.Pace.Fruitless) * Possible(link) / busy;
            if (link.Pace.Rate < limit && (link.Pace.Rate < limit / 2 || link.Pace.IsBusyFor(VeryLong))) return link;
        }

        return null;
    }

    private bool IsJudged(Link link) =>
        link is { Stands: true, Pace.Rate: { } rate } && link.Pace.IsBusyFor(Long) && link.Pace.Remaining > rate
        && link.Child is { HasAll: false, IsSlow: false, IsMoving: false, Role: RelayRole.Target }
        && link.Parent.Pace.Fruitless < MostFruitless && !_slowCrossings.Contains((link.Parent.Site, link.Child.Site));

    /// <summary>What the link should be able to do, in bytes a second: as much as its parent receives, or as most hosts have shown.</summary>
    private double Possible(Link link)
    {
        double inflow = link.Parent.HasAll ? 0 : link.Parent.Pace.Inflow;
        double typical = rates.Hosts >= HostsMeasured ? rates.Median!.Value : 0;
        return Math.Max(inflow, typical);
    }

    private void MoveBack(Link link, DateTimeOffset now)
    {
        link.Parent.Pace.Trial = new Trial(link.Child, link.Pace.Rate!.Value, now);
        state.Tell(new HostMovedBack(now, link.Child.Name, link.Pace.Rate.Value, Possible(link)));
        mover.MakeLast(link.Child);
    }

    /// <summary>Sees what a move has brought, once there is something to see.</summary>
    private void Conclude(Node parent, Trial trial, DateTimeOffset now)
    {
        var next = parent.Out.Find(l => l.Stands && l.Child != trial.Moved && l.Since > trial.Since && l.Pace.Rate is not null);
        if (next is null || now - next.Since < VeryLong || (next.Pace.BusySince is not null && !next.Pace.IsBusyFor(Long)))
        {
            if (now - trial.Since > TrialTime) parent.Pace.Trial = null;
            return;
        }

        bool isFruitful = next.Pace.BusySince is null || next.Pace.Rate >= Gain * trial.Rate;
        if (!isFruitful && trial.Moved.Pace.Burst <= 0 && now - trial.Since < Patience) return;
        parent.Pace.Trial = null;
        if (isFruitful) parent.Pace.Fruitless = 0;
        else Regret(parent, trial, next, now);
    }

    /// <summary>The move was in vain: whoever took the place is as slow. So the slow one is the parent, the way, or both children.</summary>
    private void Regret(Node parent, Trial trial, Link next, DateTimeOffset now)
    {
        double shown = trial.Moved.Pace.Burst, typical = rates.Median ?? 0;
        if (shown > 0 && shown < Slow * typical) return; // Both children are.
        mover.Clear(trial.Moved);
        if (parent.Site != next.Child.Site)
        {
            _slowCrossings.Add((parent.Site, next.Child.Site));
            return;
        }

        parent.Pace.Fruitless = shown > 0 ? MostFruitless : parent.Pace.Fruitless + 1;
        if (parent.Pace.Fruitless < MostFruitless || parent.HasAll || parent.Standing is null) return;
        state.Tell(new HostMovedBack(now, parent.Name, next.Pace.Rate!.Value, parent.Pace.Inflow));
        mover.MakeLast(parent);
    }
}
