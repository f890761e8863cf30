namespace TreePush.Core.Pushing;

/// <summary>
/// Decides which source serves which target next, and which sources to connect to. The order is: targets whose retry is due; one
/// target in each zone that has no copy yet; every zone from its own sources; then the zone with the most waiting targets, from
/// the given sources (and from any source, once transfers between zones proved no slower than those inside).
/// </summary>
internal sealed class TransferScheduler(PushState state)
{
    /// <summary>The most due retries that one call handles; the rest are left for the next call.</summary>
    private const int RetriesAtOnce = 8;

    /// <summary>The zones that a limit on the whole run has held up.</summary>
    private readonly Queue<Zone> _blocked = new();
    private readonly HashSet<Zone> _isBlocked = [];

    private SourcePool Pool => state.Pool;

    private bool CanOpen => Pool.Opening < state.Policy.MaxOpening;

    private bool CanStart => state.Running.Count < state.Policy.MaxTransfers;

    public void Assign(DateTimeOffset now)
    {
        Retry(now);
        Seed(now);
        while (state.Zones.NextChanged() is { } zone) Serve(zone, now);
        while (CanOpen && CanStart && NextBlocked() is { } zone && Serve(zone, now)) { }
        while (CanStart && state.Zones.MostUnclaimed is { } zone && Serve(zone, now)) { }
    }

    private Zone? NextBlocked()
    {
        if (!_blocked.TryDequeue(out var zone)) return null;
        _isBlocked.Remove(zone);
        return zone;
    }

    private void Retry(DateTimeOffset now)
    {
        for (int left = Math.Min(RetriesAtOnce, state.Retries.Count); left > 0 && CanStart; left--)
        {
            var target = state.Retries.Dequeue();
            int failedAndLive = target.FailedFrom.Count(Pool.IsLive);
            bool othersAreLeft = Pool.Live > failedAndLive;
            var source = othersAreLeft ? Pool.Without(target.FailedFrom, () => ForRetry(target, now)) : ForRetry(target, now);
            if (source is not null) state.Begin(source, target, now);
            else state.Retries.Enqueue(target);
        }
    }

    private Source? ForRetry(Target target, DateTimeOffset now)
    {
        bool first = target.WantsFirstSource && Pool.LiveFirst.Any(s => !target.FailedFrom.Contains(s.Name));
        if (ForRetry(target, Pool.Free, first) is { } source) return source;
        var candidate = ForRetry(target, Pool.Candidates, first);
        if (candidate is not null && CanOpen && Pool.Opening <= state.Retries.Count) state.Open(candidate, null, 0, now);
        return null;
    }

    private static Source? ForRetry(Target target, SourceShelf shelf, bool first)
    {
        var position = target.Host.Placement.Position;
        return first ? shelf.BestFirst(position) : shelf.BestInside(target.Zone.Name, position) ?? shelf.BestAnywhere(position);
    }

    private void Seed(DateTimeOffset now)
    {
        int starts = Pool.Opening;
        for (int wanted = state.Zones.UnseededCount; wanted > 0 && state.Zones.Unseeded is { } zone; wanted--)
        {
            var position = zone.Next.Host.Placement.Position;
            var free = Pool.Free.BestAnywhere(position);
            var candidate = Pool.Candidates.BestAnywhere(position);
            if (free is not null && (free.Busy == 0 || state.Times.AreShort || candidate is null) && CanStart) BeginNext(free, zone, now);
            else if (starts > 0) starts--; // A source that is being opened will seed this zone.
            else if (candidate is not null && CanOpen) state.Open(candidate, null, 0, now);
            else return;
        }
    }

    /// <summary>Starts transfers for a zone's waiting targets, and connects to more sources where this pays.</summary>
    /// <returns>Whether anything was started or opened.</returns>
    private bool Serve(Zone zone, DateTimeOffset now)
    {
        bool progress = false;
        while (zone.Unclaimed > 0 && !zone.IsUnseeded)
        {
            if (!CanStart) return Block(zone, progress);
            var free = Choose(Pool.Free, zone);
            bool freeWillDo = free is not null && (free.Busy == 0 || state.Times.AreShort);
            var candidate = freeWillDo ? null : Choose(Pool.Candidates, zone);
            if (candidate is not null && CanOpen && PaysToOpen(zone, now)) OpenFor(zone, candidate, now);
            else if (free is not null) BeginNext(free, zone, now);
            else return candidate is null ? progress : Block(zone, progress);
            progress = true;
        }

        return progress;
    }

    /// <summary>Queues the zone to be looked at again when the limit allows.</summary>
    private bool Block(Zone zone, bool progress)
    {
        if (_isBlocked.Add(zone)) _blocked.Enqueue(zone);
        return progress;
    }

    /// <summary>
    /// Returns the least busy of the zone's own sources and of those that may help from outside. If both are equally busy, the
    /// zone's own source is preferred.
    /// </summary>
    private Source? Choose(SourceShelf shelf, Zone zone)
    {
        var position = zone.Next.Host.Placement.Position;
        var inside = shelf.BestInside(zone.Name, position);
        if (inside is { Busy: 0 } || (state.Times.CrossingIsSlow && zone.LiveSources > 0)) return inside;
        var outside = state.Times.CrossingIsFine ? shelf.BestAnywhere(position) : shelf.BestFirst(position);
        if (inside is null) return outside;
        return outside is not null && outside.Busy < inside.Busy && !state.Times.AreShort ? outside : inside;
    }

    /// <summary>
    /// Whether connecting to another source pays. If transfers are short, it does not pay if the sources at work will have taken
    /// all waiting targets before the new source is ready. The zone is looked at again later, in case these sources stall.
    /// </summary>
    private bool PaysToOpen(Zone zone, DateTimeOffset now)
    {
        if (!state.Times.AreShort || zone.Inbound == 0) return true;
        var transfer = state.Times.Transfer!.Value;
        if (transfer * zone.Unclaimed / zone.Inbound > state.Times.Opening) return true;
        if (zone.HeldUntil is { } until) return now >= until;
        zone.HeldUntil = now + (2 * (transfer + state.Times.Opening));
        state.Wait(zone, zone.HeldUntil.Value);
        return false;
    }

    private void OpenFor(Zone zone, Source candidate, DateTimeOffset now)
    {
        int claims = state.Times.AreShort ? Math.Min(Pool.Slots, zone.Unclaimed) : 1;
        state.Open(candidate, zone, claims, now);
    }

    /// <summary>Starts a transfer to the zone's next target.</summary>
    public void BeginNext(Source source, Zone zone, DateTimeOffset now)
    {
        Target? target = null;
        state.Zones.Change(zone, z => target = z.Dequeue());
        state.Begin(source, target!, now);
    }
}
