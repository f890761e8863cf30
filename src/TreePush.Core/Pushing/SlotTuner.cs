namespace TreePush.Core.Pushing;

/// <summary>
/// Finds the number of transfers per source with the highest total rate (<c>-m auto</c>), starting from one. It tries twice the
/// number on one source, at a time when this costs next to nothing: when the source's transfers are nearly complete. If the
/// source's link is the bottleneck, the rest of these transfers takes twice as long, and the number stays. Otherwise they end as
/// expected, and the number is doubled for all sources. A doubling that later gains less than expected is undone.
/// </summary>
internal sealed class SlotTuner(PushState state, TransferScheduler scheduler)
{
    private const int MostSlots = 64;
    private const int SamplesWanted = 2;

    /// <summary>A source is tried when its oldest transfer has run for this part of the mean duration.</summary>
    private const double Ripe = 0.75;

    private Sample _now, _before;
    private Trial? _trial;
    private int _refusals;
    private DateTimeOffset _wake;

    /// <summary>Starts a trial if one is due, or asks to be woken when one will be.</summary>
    public void Probe(DateTimeOffset now)
    {
        if (_trial is not null || _refusals >= 2 || _now.Count < SamplesWanted || 2 * state.Pool.Slots > MostSlots) return;
        if (state.Zones.Waiting < 2 * state.Pool.Slots || state.Zones.MostUnclaimed is null) return;
        if (state.Running.Count + state.Pool.Slots > state.Policy.MaxTransfers) return;
        var ripeAt = TimeSpan.FromSeconds(_now.Mean * Ripe);
        var full = state.Running.Values.Where(r => r.Source.State == SourceState.Open && r.Source.Busy == state.Pool.Slots).GroupBy(r => r.Source);
        var oldest = full.Select(g => g.MinBy(r => r.Transfer.Id)!).ToList();
        var ripe = oldest.FirstOrDefault(r => now - r.Started >= ripeAt && now - r.Started <= ripeAt * 1.15);
        if (ripe is not null) Start(ripe.Source, now);
        else if (_wake <= now && oldest.Where(r => now - r.Started < ripeAt).MinBy(r => r.Transfer.Id) is { } next)
        {
            _wake = next.Started + ripeAt;
            state.Wait(this, _wake);
        }
    }

    /// <summary>Records the end of a transfer. It must be called before the source's slot is released.</summary>
    public void Ended(RunningTransfer running, bool succeeded, DateTimeOffset now)
    {
        if (_trial is { } trial && trial.Source == running.Source)
        {
            if (trial.ExpectedLeft.Remove(running.Transfer.Id, out double expected)) trial.Add(expected, (now - trial.Started).TotalSeconds);
            if (!succeeded) _trial = null;
            else if (trial.ExpectedLeft.Count == 0) Judge(trial, now);
        }
        else if (succeeded && running.Source.Busy == state.Pool.Slots && running.Started >= _now.Since)
        {
            _now.Add((now - running.Started).TotalSeconds);
            CheckLastStep(now);
        }
    }

    private void Start(Source source, DateTimeOffset now)
    {
        _trial = new Trial(source, now);
        foreach (var running in state.Running.Values.Where(r => r.Source == source))
            _trial.ExpectedLeft[running.Transfer.Id] = Math.Max(0, _now.Mean - (now - running.Started).TotalSeconds);
        for (int i = state.Pool.Slots; i > 0 && state.Zones.MostUnclaimed is { } zone; i--) scheduler.BeginNext(source, zone, now);
    }

    private void Judge(Trial trial, DateTimeOffset now)
    {
        _trial = null;
        if (trial.Actual < 1.5 * trial.Expected) SetSlots(2 * state.Pool.Slots, now);
        else _refusals++;
    }

    /// <summary>Undoes the last doubling, which rests on the trial of one source, if the rate of all sources does not confirm it.</summary>
    private void CheckLastStep(DateTimeOffset now)
    {
        if (_before.Count == 0 || _now.Count < SamplesWanted) return;
        double before = state.Pool.Slots / 2 / _before.Mean;
        double after = state.Pool.Slots / _now.Mean;
        var old = _before;
        _before = default;
        if (after >= 1.05 * before) return;
        _refusals = 2;
        SetSlots(state.Pool.Slots / 2, now);
        (_now, _before) = (old, default);
    }

    private void SetSlots(int slots, DateTimeOffset now)
    {
        _before = _now;
        _now = new Sample { Since = now };
        state.Pool.SetSlots(slots);
        state.Emit(new SlotsChanged(now, slots));
    }

    /// <summary>The durations of transfers from sources with no free slot, since a point in time, in seconds.</summary>
    private struct Sample
    {
        private double _sum;

        public DateTimeOffset Since { get; init; }

        public int Count { get; private set; }

        public readonly double Mean => _sum / Count;

        public void Add(double seconds)
        {
            _sum += seconds;
            Count++;
        }
    }

    /// <summary>A source that runs twice the number of transfers, and how long its earlier transfers still take.</summary>
    private sealed class Trial(Source source, DateTimeOffset started)
    {
        public Source Source { get; } = source;

        public DateTimeOffset Started { get; } = started;

        /// <summary>For each transfer: the seconds that it would still take without the trial.</summary>
        public Dictionary<int, double> ExpectedLeft { get; } = [];

        public double Expected { get; private set; }

        public double Actual { get; private set; }

        public void Add(double expected, double actual)
        {
            Expected += expected;
            Actual += actual;
        }
    }
}
