namespace TreePush.Core.Syncing.Stragglers;

/// <summary>
/// Finds hosts that hold others back, and has them moved to the end. In a chain everything below a slow link runs at its
/// rate; the slow link itself is where bytes wait to be sent. As some link is always the slowest, that alone says nothing: a
/// child is moved only where its parent, or most other hosts, have shown that more than twice its rate is possible. What
/// a move brought is watched: where the next child does no better, its parent, or the way between two zones, is the slow one.
/// </summary>
internal sealed class StragglerDetector(SyncState state, Demotion demotion, HostRemoval removal)
{
    /// <summary>Below this part of what is possible a link is slow.</summary>
    private const double Slow = 0.5;

    /// <summary>A move must have brought this much.</summary>
    private const double Gain = 1.5;

    /// <summary>After so many moves in vain a parent is the slow one.</summary>
    private const int MostFruitless = 2;

    /// <summary>So many reports in a row must tell of slow bursts.</summary>
    private const int BurstsToConvict = 2;

    private const int HostsMeasured = 3;

    /// <summary>Seconds that a link must still be needed for, at its rate: a move costs one or two.</summary>
    private const double WorthMoving = 3;

    /// <summary>Fewer slow hosts than this are never too many to be.</summary>
    private const int LeastToBeUsual = 4;

    /// <summary>What must wait to be sent for a link to count as busy: more than the pieces that are on their way anyhow, in bytes and in seconds of what is possible.</summary>
    private const long LeastBacklog = 512 << 10;
    private const double BacklogTime = 0.1;

    /// <summary>How long a link must have been busy for its rate to count, and how long if it is no slower than half of <see cref="Slow"/>.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(0.45);
    private static readonly TimeSpan VeryLong = TimeSpan.FromSeconds(0.9);

    /// <summary>How long a host that was moved in vain may take to show how fast it is elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan TrialTime = TimeSpan.FromSeconds(5);

    private readonly HashSet<(Zone, Zone)> _slowCrossings = [];
    private readonly BurstTrust _bursts = new();
    private readonly RateBook _rates = new(state.Policy.MostRate);

    /// <summary>What half of the hosts can receive, in bytes a second; null before enough have shown it.</summary>
    public double? UsualRate => _rates.Hosts >= HostsMeasured && _rates.Likely is > 0 and var rate ? rate : null;

    /// <summary>The link stands from now on.</summary>
    public static void Linked(Link link, DateTimeOffset now)
    {
        link.Pace.Begin(now);
        link.Child.Pace.Relinked();
    }

    /// <summary>Takes what a host reports of itself and its children, and has the child demoted that holds others back.</summary>

    /// <param name="at">When the host measured what it reports.</param>
    public void Note(Node parent, HostProgress progress, DateTimeOffset at, DateTimeOffset now)
    {
        parent.Pace.Note(progress, at);
        _rates.NoteSustained(parent.Pace.Inflow);
        _bursts.GiveUp(now - TrialTime);
        if (progress.Burst > 0) _rates.Note(parent, progress.Burst);
        int takers = 0;
        foreach (var told in progress.Children)
        {
            if (state.FindLink(told.Link) is not { Stands: true } link || link.Parent != parent) continue;
            link.Pace.Note(told, at, Math.Max(LeastBacklog, (long)(BacklogTime * Possible(link))));
            if (told.Remaining > 0) takers++;
        }

        foreach (var link in takers == 1 ? parent.Out : [])
            if (link is { Stands: true, Pace.Rate: { } rate } && link.Pace.IsBusyFor(Long) && link.Child.Pace.Burst <= 0) _rates.Note(link.Child, rate);
        if (parent.Pace.Trial is { } trial) Conclude(parent, trial, now);
        else if (SlowLink(parent, takers) is var (slow, byBursts)) Demote(slow, byBursts, now);
    }

    private (Link Link, bool ByBursts)? SlowLink(Node parent, int takers)
    {
        foreach (var link in parent.Out)
        {
            if (!IsJudged(link) || link.Child.Out.Count == 0) continue;
            if (IsSlowWhileBusy(link, takers, parent.Pace.BestInflow)) return (link, false);
            if (IsSlowWhileBusy(link, takers, Possible(link)) || IsSlowInBursts(link)) return (link, true);
        }

        return null;
    }

    private static bool IsSlowWhileBusy(Link link, int takers, double possible)
    {
        if (!link.Pace.IsBusyFor(Long)) return false;
        double limit = Slow / (1 << link.Parent.Pace.Fruitless) * possible / takers;
        // What was sent has only gone into buffers, by leaps; what has come is for the child to tell, as long as it does.
        if (link.Child.Pace.Inflow >= limit && link.Child.Pace.At > link.Pace.Before) return false;
        return link.Pace.Rate < limit && (link.Pace.Rate < limit / 2 || (link.Pace.IsBusyFor(VeryLong) && link.Pace.RateBefore < limit));
    }

    /// <summary>In a chain that is held back elsewhere too, nothing piles up before a slow host; but what comes to it comes slowly.</summary>
    private bool IsSlowInBursts(Link link)
    {
        var child = link.Child.Pace;
        double limit = Slow / (1 << link.Parent.Pace.Fruitless) * Typical();
        bool isSlow = _bursts.IsProven && child.Burst > 0 && child.Burst < limit && link.Pace.Rate < 1.2 * child.Burst && SyncState.Load(link.Parent) == 1;
        link.Pace.SlowBursts = isSlow ? link.Pace.SlowBursts + 1 : 0;
        return link.Pace.SlowBursts >= BurstsToConvict;
    }

    private bool IsJudged(Link link) =>
        link is { Stands: true, Pace.Rate: { } rate } && link.Pace.Remaining > WorthMoving * rate
        && link.Child is { HasAll: false, IsSlow: false, IsMoving: false, Role: RelayRole.Target }
        && link.Parent.Pace.Fruitless < MostFruitless && !_slowCrossings.Contains((link.Parent.Zone, link.Child.Zone));

    /// <summary>What the link should be able to do, in bytes a second: as much as its parent receives, or has received, or as most hosts have shown.</summary>
    private double Possible(Link link)
    {
        double inflow = link.Parent.Pace.BestInflow;
        return Math.Min(Math.Max(inflow, Typical()), state.Policy.MostRate);
    }

    private double Typical()
    {
        if (_rates.Hosts < HostsMeasured || !_bursts.MayTry) return 0;
        return _bursts.IsProven ? _rates.Likely!.Value : _rates.Median!.Value;
    }

    private void Demote(Link link, bool byBursts, DateTimeOffset now)
    {
        // Where so many are slow, it is usual.
        if (state.Nodes.Count(n => n.IsSlow) >= Math.Max(LeastToBeUsual, state.TargetCount / 4)) return;
        double possible = Possible(link);
        if (byBursts) _bursts.Try(now);
        link.Parent.Pace.Trial = new Trial(link.Child, link.Pace.Rate!.Value, now, byBursts ? possible : null);
        state.Emit(new HostDemoted(now, link.Child.Name, link.Pace.Rate.Value, possible));
        demotion.Demote(link.Child);
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

        double shown = Math.Max(Math.Min(next.Pace.Rate ?? 0, next.Child.Pace.Inflow), _bursts.IsProven ? next.Child.Pace.Burst : 0);
        double enough = Math.Max(Gain * trial.Rate, _bursts.IsProven ? 0 : Slow * trial.Promised ?? 0);
        bool isFruitful = next.Pace.BusySince is null || shown >= enough;
        if (!isFruitful && trial.Moved.Pace.Burst <= 0 && now - trial.Since < Patience) return;
        parent.Pace.Trial = null;
        if (isFruitful) parent.Pace.Fruitless = 0;
        if (isFruitful && trial.Promised is not null) _bursts.Prove();
        else if (trial.Promised is not null && !_bursts.IsProven) Doubt(trial);
        else if (!isFruitful) Regret(parent, trial, next, now);
    }

    private void Doubt(Trial trial)
    {
        foreach (var moved in _bursts.Doubt(trial.Moved)) demotion.Clear(moved);
    }

    /// <summary>The move was in vain: whoever took the place is as slow. So the slow one is the parent, the way, or both children.</summary>
    private void Regret(Node parent, Trial trial, Link next, DateTimeOffset now)
    {
        double shown = trial.Moved.Pace.Burst, typical = _rates.Median ?? 0;
        if (shown > 0 && shown < Slow * typical) return; // Both children are.
        demotion.Clear(trial.Moved);
        if (parent.Zone != next.Child.Zone)
        {
            _slowCrossings.Add((parent.Zone, next.Child.Zone));
            return;
        }

        parent.Pace.Fruitless = shown > 0 ? MostFruitless : parent.Pace.Fruitless + 1;
        if (parent.Pace.Fruitless >= MostFruitless) Relieve(parent, next.Pace.Rate!.Value, now);
    }

    /// <summary>The parent sends slowly: it becomes the last of its chain, or, where it needs nobody any more, serves no longer.</summary>
    private void Relieve(Node parent, double rate, DateTimeOffset now)
    {
        if (parent.IsWriter || (parent.HasAll && state.Complete.Count <= 1)) return;
        if (parent.HasAll)
        {
            state.Emit(new HostExcluded(now, parent.Name, "it sends slowly"));
            removal.StopServing(parent);
        }
        else if (parent.Standing is not null)
        {
            state.Emit(new HostDemoted(now, parent.Name, rate, parent.Pace.BestInflow));
            demotion.Demote(parent);
        }
    }
}
