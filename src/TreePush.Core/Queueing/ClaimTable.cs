namespace TreePush.Core.Queueing;

/// <summary>
/// The rules by which the hosts of a task share its sources. The scripts on Redis do the same; a test compares the two on random histories. The states of
/// a host and its transitions:
/// <code>
/// Waiting → Running    a claim is granted: a lease on one slot of a source, which the host renews as long as it lives
/// Running → Finished   it finished, or offers itself; it is a source from then on
/// Running → Waiting    it failed and waits before it tries again, or gave the claim back, or the task was cancelled
/// Running → Failed     its last attempt failed; → Waiting when the task is submitted again
/// any     → Finished   it offers itself: it has the file
/// Finished → Waiting   it withdraws: its file has changed
/// </code>
/// Every call first expires leases: an attempt whose lease is over has failed. Who returns after that holds an old token, and changes nothing.
/// </summary>
public sealed class ClaimTable(TaskSpec spec)
{
    private readonly Dictionary<string, ClaimEntry> _hosts = [];
    private readonly SortedSet<(DateTimeOffset Expires, string Host)> _leases = new(ByTimeThenName.Instance);
    private readonly FreeSources _free = new();
    private readonly WaitingHosts _waiting = new();
    private List<string> _woken = [];
    private long _token;
    private int _round = 1;

    public TaskSpec Spec { get; } = spec;

    public TaskState State { get; private set; }

    /// <summary>The hosts that are to be woken when a slot is free, longest waiting first.</summary>
    public IReadOnlyList<string> Waiters => [.. _waiting.Names];

    /// <returns>The hosts that were woken since it was last asked.</returns>
    public IReadOnlyList<string> TakeWoken()
    {
        var woken = _woken;
        _woken = [];
        return woken;
    }

    /// <summary>Opens the task again. Hosts that were given up may try again; finished ones stay so.</summary>
    public void Submit(DateTimeOffset now)
    {
        Expire(null, now);
        State = TaskState.Open;
        _round++;
    }

    public ClaimAnswer Claim(string host, string? zone, TimeSpan lease, DateTimeOffset now)
    {
        Expire(host, now);
        if (State != TaskState.Open) return new ClaimAnswer(ClaimResult.Cancelled);
        var entry = Enter(host, zone);
        return entry.Progress switch
        {
            HostProgress.Finished => new ClaimAnswer(entry.IsSuspected ? ClaimResult.Suspected : ClaimResult.Finished),
            HostProgress.Running => new ClaimAnswer(ClaimResult.Held, NotBefore: entry.Expires),
            HostProgress.Failed => new ClaimAnswer(ClaimResult.GivenUp, Reason: entry.Reason),
            _ when entry.NotBefore > now => new ClaimAnswer(ClaimResult.Later, NotBefore: entry.NotBefore),
            _ when _free.Best(entry) is { } source => Grant(entry, _hosts[source], lease, now),
            _ => Queue(entry, now),
        };
    }

    /// <returns>False if the claim is no longer the host's; so the other calls with a token.</returns>
    public bool Renew(string host, long token, TimeSpan lease, DateTimeOffset now)
    {
        if (Standing(host, token, now) is not { } entry) return false;
        _leases.Remove((entry.Expires, host));
        entry.Expires = now + lease;
        _leases.Add((entry.Expires, host));
        return true;
    }

    public bool Finish(string host, long token, DateTimeOffset now)
    {
        if (Standing(host, token, now) is not { } entry) return false;
        var source = EndLease(entry);
        source.Accusers.Clear();
        FreeSlotOf(source);
        entry.Faults = 0;
        Serve(entry, now);
        return true;
    }

    public bool Fail(string host, long token, string reason, FaultOf fault, DateTimeOffset now)
    {
        if (Standing(host, token, now) is not { } entry) return false;
        Fail(entry, reason, fault, now);
        return true;
    }

    /// <summary>Gives a claim back without counting the attempt.</summary>
    public bool Release(string host, long token, DateTimeOffset now)
    {
        if (Standing(host, token, now) is not { } entry) return false;
        FreeSlotOf(GiveBack(entry));
        return true;
    }

    /// <summary>The host has the file, and has checked it. A claim that it holds is given back.</summary>
    public void Offer(string host, string? zone, DateTimeOffset now)
    {
        Expire(host, now);
        var entry = Enter(host, zone);
        if (entry.Progress == HostProgress.Running) FreeSlotOf(GiveBack(entry));
        if (entry.Progress != HostProgress.Finished) entry.Source = null;
        if (entry.Progress != HostProgress.Finished || entry.IsSuspected) Serve(entry, now);
    }

    /// <summary>The host's file has changed. Who pulls from it already goes on, and checks what it gets.</summary>
    public void Withdraw(string host, DateTimeOffset now)
    {
        Expire(host, now);
        if (!_hosts.TryGetValue(host, out var entry) || entry.Progress != HostProgress.Finished) return;
        (entry.Progress, entry.Ended, entry.Source, entry.Attempts, entry.Serves, entry.Faults) = (HostProgress.Waiting, null, null, 0, false, 0);
        entry.FailedAt.Clear();
        entry.Absolve();
        _free.Place(entry, Spec.Slots);
    }

    /// <returns>False if the task is not open.</returns>
    public bool Cancel(DateTimeOffset now)
    {
        Expire(null, now);
        if (State != TaskState.Open) return false;
        foreach (var (_, host) in _leases.ToList()) _free.Place(GiveBack(Load(host)), Spec.Slots);
        _waiting.Clear();
        State = TaskState.Cancelled;
        return true;
    }

    public TaskView View(DateTimeOffset now)
    {
        Expire(null, now);
        var hosts = _hosts.Keys.Order(StringComparer.Ordinal).Select(name => Load(name).ToHost());
        return new TaskView(Spec, State, [.. hosts], now);
    }

    private ClaimAnswer Grant(ClaimEntry host, ClaimEntry source, TimeSpan lease, DateTimeOffset now)
    {
        (host.Progress, host.Source, host.Since, host.WaitsSince) = (HostProgress.Running, source.Name, now, null);
        (host.Token, host.Expires) = (++_token, now + lease);
        host.Attempts++;
        source.Busy++;
        _leases.Add((host.Expires, host.Name));
        _waiting.Remove(host.Name);
        _free.Place(source, Spec.Slots);
        return new ClaimAnswer(ClaimResult.Granted, new Claim(source.Name, host.Token, host.Attempts));
    }

    private ClaimAnswer Queue(ClaimEntry host, DateTimeOffset now)
    {
        host.WaitsSince ??= now;
        _waiting.Add(host);
        return new ClaimAnswer(ClaimResult.Waiting);
    }

    /// <summary>Fails attempts whose lease is over: the first ones, and the caller's own.</summary>
    private void Expire(string? caller, DateTimeOffset now)
    {
        var due = _leases.TakeWhile(l => l.Expires <= now).Take(ClaimRules.MaxExpired).Select(l => l.Host).ToList();
        // The host is known to have died, or to have been away: that is no evidence against its source.
        foreach (string host in due) Fail(Load(host), ClaimRules.LeaseExpired, FaultOf.Host, now);
        if (caller is not null && _hosts.ContainsKey(caller) && Load(caller) is { Progress: HostProgress.Running } own && own.Expires <= now)
            Fail(own, ClaimRules.LeaseExpired, FaultOf.Host, now);
    }

    private void Fail(ClaimEntry host, string reason, FaultOf fault, DateTimeOffset now)
    {
        var source = EndLease(host);
        bool isLast = host.Attempts >= Spec.MaxAttempts;
        host.Progress = isLast ? HostProgress.Failed : HostProgress.Waiting;
        host.Ended = isLast ? now : null;
        host.NotBefore = isLast ? null : now + ClaimRules.PauseAfter(host.Attempts);
        host.Reason = reason;
        if (!host.FailedAt.Contains(source.Name)) host.FailedAt.Add(source.Name);
        Accuse(source, host, fault);
        FreeSlotOf(source);
    }

    private void Accuse(ClaimEntry source, ClaimEntry host, FaultOf fault)
    {
        if (fault == FaultOf.Host || !source.Serves || source.IsSuspected) return;
        source.Faults++;
        if (!source.Accusers.Contains(host.Name)) source.Accusers.Add(host.Name);
        if (fault != FaultOf.SourceFile && source.Accusers.Count < ClaimRules.MaxAccusers) return;
        source.IsSuspected = true;
        source.Accusers.Clear();
        _woken.Add(source.Name);
    }

    /// <returns>The host, if it holds the standing lease with this token.</returns>
    private ClaimEntry? Standing(string host, long token, DateTimeOffset now)
    {
        Expire(host, now);
        return _hosts.ContainsKey(host) && Load(host) is { Progress: HostProgress.Running } entry && entry.Token == token ? entry : null;
    }

    /// <returns>Its source, with a slot that is free but not shown yet.</returns>
    private ClaimEntry EndLease(ClaimEntry host)
    {
        _leases.Remove((host.Expires, host.Name));
        var source = Load(host.Source!);
        source.Busy--;
        return source;
    }

    private ClaimEntry GiveBack(ClaimEntry host)
    {
        host.Progress = HostProgress.Waiting;
        host.Attempts--;
        return EndLease(host);
    }

    private void FreeSlotOf(ClaimEntry source)
    {
        _free.Place(source, Spec.Slots);
        if (source.Serves && !source.IsSuspected) Wake(source.Zone, 1);
    }

    private void Serve(ClaimEntry host, DateTimeOffset now)
    {
        if (host.Progress != HostProgress.Finished) (host.Progress, host.Ended, host.Reason, host.NotBefore) = (HostProgress.Finished, now, null, null);
        host.WaitsSince = null;
        _waiting.Remove(host.Name);
        host.Serves = true;
        host.Absolve();
        _free.Place(host, Spec.Slots);
        Wake(host.Zone, Spec.Slots - host.Busy);
    }

    private void Wake(string? zone, int count)
    {
        if (count > 0) _woken.AddRange(_waiting.Take(zone, count));
    }

    private ClaimEntry Load(string host)
    {
        var entry = _hosts[host];
        entry.EnterRound(_round);
        return entry;
    }

    /// <returns>What is known of a host, from its first call on.</returns>
    private ClaimEntry Enter(string host, string? zone)
    {
        if (!_hosts.ContainsKey(host)) _hosts[host] = new ClaimEntry(host) { Round = _round };
        var entry = Load(host);
        if (entry.Zone == zone) return entry;
        _waiting.Remove(host);
        entry.Zone = zone;
        _free.Place(entry, Spec.Slots);
        return entry;
    }

    /// <summary>Names as bytes, as Redis orders them.</summary>
    private sealed class ByTimeThenName : IComparer<(DateTimeOffset Expires, string Host)>
    {
        public static readonly ByTimeThenName Instance = new();

        public int Compare((DateTimeOffset Expires, string Host) x, (DateTimeOffset Expires, string Host) y) =>
            x.Expires != y.Expires ? x.Expires.CompareTo(y.Expires) : string.CompareOrdinal(x.Host, y.Host);
    }
}
