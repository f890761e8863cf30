namespace TreePush.Core.Syncing.Stragglers;

/// <summary>
/// Straggler detection: finds hosts that hold others back and demotes them to the end. In a chain, everything below a slow link
/// runs at its rate, and bytes pile up in front of the slow link itself. Some link is always the slowest, so this alone proves
/// nothing. A child is moved only if its parent, or most other hosts, have shown more than twice its rate. The gain of each move
/// is measured: if the next child is no faster, the parent, or the path between two zones, is the slow one.
/// </summary>
internal sealed class StragglerDetector(SyncState state, Demotion demotion, HostRemoval removal)
{
    /// <summary>A link is slow below this part of the possible rate.</summary>
    private const double Slow = 0.5;

    /// <summary>The factor by which a move must raise the rate.</summary>
    private const double Gain = 1.5;

    /// <summary>After this many fruitless moves, the parent is taken for the slow one.</summary>
    private const int MostFruitless = 2;

    /// <summary>The number of consecutive reports with slow bursts that convict a host.</summary>
    private const int BurstsToConvict = 2;

    private const int HostsMeasured = 3;

    /// <summary>For how many seconds a link must still be needed, at its rate. A move costs one or two seconds.</summary>
    private const double WorthMoving = 3;

    /// <summary>With fewer slow hosts than this, slow is never taken for the usual rate.</summary>
    private const int LeastToBeUsual = 4;

    /// <summary>
    /// How much must wait to be sent for a link to count as busy, in bytes, and in seconds of the possible rate. It is more than
    /// the pieces in transit.
    /// </summary>
    private const long LeastBacklog = 512 << 10;
    private const double BacklogTime = 0.1;

    /// <summary>
    /// How long a link must have been busy for its rate to count. <see cref="VeryLong"/> applies if the rate is not below half of
    /// the limit.
    /// </summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(0.45);
    private static readonly TimeSpan VeryLong = TimeSpan.FromSeconds(0.9);

    /// <summary>How long a host may take to show its rate in its new place, before the move is judged.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan TrialTime = TimeSpan.FromSeconds(5);

    private readonly HashSet<(Zone, Zone)> _slowCrossings = [];
    private readonly BurstTrust _bursts = new();
    private readonly RateBook _rates = new(state.Policy.MostRate);

    /// <summary>The rate that half of the hosts can receive, in bytes per second; null before enough hosts have shown theirs.</summary>
    public double? UsualRate => _rates.Hosts >= HostsMeasured && _rates.Likely is > 0 and var rate ? rate : null;

    /// <summary>The link is up from now on.</summary>
    public static void Linked(Link link, DateTimeOffset now)
    {
        link.Pace.Begin(now);
        link.Child.Pace.Relinked();
    }

    /// <summary>Records a host's report about itself and its children, and demotes a child that holds others back.</summary>

    /// <param name="at">When the host made the measurements.</param>
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
        // What a parent sends may still be in buffers. The child's own inflow shows what arrived, as long as the child reports.
        if (link.Child.Pace.Inflow >= limit && link.Child.Pace.At > link.Pace.Before) return false;
        return link.Pace.Rate < limit && (link.Pace.Rate < limit / 2 || (link.Pace.IsBusyFor(VeryLong) && link.Pace.RateBefore < limit));
    }

    /// <summary>
    /// Whether the link is slow by its bursts. In a chain that is held back elsewhere too, nothing piles up in front of a slow
    /// host, but its pieces still arrive slowly.
    /// </summary>
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

    /// <summary>
    /// Returns the rate that the link should reach, in bytes per second: the best rate at which its parent received, or the rate
    /// of most hosts, whichever is higher.
    /// </summary>
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
        // If this many hosts are slow, slow is the usual rate.
        if (state.Nodes.Count(n => n.IsSlow) >= Math.Max(LeastToBeUsual, state.TargetCount / 4)) return;
        double possible = Possible(link);
        if (byBursts) _bursts.Try(now);
        link.Parent.Pace.Trial = new Trial(link.Child, link.Pace.Rate!.Value, now, byBursts ? possible : null);
        state.Emit(new HostDemoted(now, link.Child.Name, link.Pace.Rate.Value, possible));
        demotion.Demote(link.Child);
    }

    /// <summary>Judges a move, once its effect can be seen.</summary>
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

    /// <summary>
    /// Handles a fruitless move: the child that took the place is as slow. The slow one is therefore the parent, the path, or
    /// both children.
    /// </summary>
    private void Regret(Node parent, Trial trial, Link next, DateTimeOffset now)
    {
        double shown = trial.Moved.Pace.Burst, typical = _rates.Median ?? 0;
        if (shown > 0 && shown < Slow * typical) return; // Both children are slow.
        demotion.Clear(trial.Moved);
        if (parent.Zone != next.Child.Zone)
        {
            _slowCrossings.Add((parent.Zone, next.Child.Zone));
            return;
        }

        parent.Pace.Fruitless = shown > 0 ? MostFruitless : parent.Pace.Fruitless + 1;
        if (parent.Pace.Fruitless >= MostFruitless) Relieve(parent, next.Pace.Rate!.Value, now);
    }

    /// <summary>Handles a parent that sends slowly. It becomes the last of its chain; a parent that has everything stops serving.</summary>
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
