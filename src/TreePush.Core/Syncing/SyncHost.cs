namespace TreePush.Core.Syncing;

/// <summary>What a sync's events have told of one host by now.</summary>
public sealed class SyncHost(HostName name)
{
    /// <summary>Rates over a shorter time than this jump too much to be shown.</summary>
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromSeconds(0.25);

    private DateTimeOffset? _measured;
    private long _receivedThen;

    public HostName Name { get; } = name;

    /// <summary>What its relay is there for; null until it runs.</summary>
    public RelayRole? Role { get; private set; }

    /// <summary>From whom it receives now; null for nobody.</summary>
    public HostName? Parent { get; private set; }

    public Route Route { get; private set; }

    public Need? Need { get; private set; }

    /// <summary>Bytes of its need that it has.</summary>
    public long Have { get; private set; }

    /// <summary>Bytes of its need, as far as that is known.</summary>
    public long Needed { get; private set; }

    /// <summary>What it receives now, in bytes per second; null while that can't be told.</summary>
    public double? Rate { get; private set; }

    /// <summary>Bytes that its parent could send it and has not: where this grows, the host or its link is what is slow.</summary>
    public long Backlog { get; private set; }

    public HostDemoted? Demoted { get; private set; }

    public string? ExcludedBecause { get; private set; }

    public Failure? Failure { get; private set; }

    public TargetServed? Delivered { get; private set; }

    public Receipt? Receipt => Delivered?.Receipt;

    /// <summary>When it began to receive; null where it never did.</summary>
    public DateTimeOffset? FirstLinked { get; private set; }

    public bool IsSource => Role is RelayRole.Source or RelayRole.Mirror;

    /// <summary>It receives, or waits to.</summary>
    public bool IsUnderWay => Role is RelayRole.Target && Delivered is null && Failure is null;

    /// <summary>What is still to come, in bytes.</summary>
    public long Remaining => Math.Max(0, Needed - Have);

    /// <summary>From 0 to 1; null while its need is not known.</summary>
    public double? Share => IsSource || Delivered is not null ? 1 : Needed > 0 ? Math.Min(1, (double)Have / Needed) : Need is null ? null : 1;

    /// <summary>What it received from its first link on, in bytes per second; null before it was delivered, or where it received nothing.</summary>
    public double? MeanRate =>
        Delivered is { Receipt: { Received: > 0 } receipt } e && FirstLinked is { } since && e.Time > since ? receipt.Received / (e.Time - since).TotalSeconds : null;

    internal void Ready(HostReady e) => (Role, Failure) = (e.Role, null);

    internal void Link(HostLinked e)
    {
        (Parent, Route, Rate, Backlog) = (e.Parent, e.Route, null, 0);
        FirstLinked ??= e.Time;
        _measured = null;
        LinkNumber = e.Link;
    }

    /// <summary>The number of the link to its parent.</summary>
    public int LinkNumber { get; private set; }

    internal void Unlink() => (Parent, Rate, Backlog) = (null, null, 0);

    internal void Scan(HostScanned e) => (Need, Needed) = (e.Need, e.Need.Bytes);

    internal void Progress(HostProgressed e)
    {
        var progress = e.Progress;
        Have = progress.Have;
        Needed = Math.Max(Need?.Bytes ?? 0, progress.Needed);
        if (_measured is { } then && e.Time - then >= ShortestSpan && progress.Received >= _receivedThen)
        {
            double rate = (progress.Received - _receivedThen) / (e.Time - then).TotalSeconds;
            Rate = Rate is { } before ? (before + rate) / 2 : rate;
        }
        else if (_measured is not null && progress.Received >= _receivedThen) return;

        (_measured, _receivedThen) = (e.Time, progress.Received);
    }

    internal void Deliver(TargetServed e)
    {
        (Delivered, Rate, Backlog, Failure) = (e, null, 0, null);
        Have = Needed;
    }

    internal void Demote(HostDemoted e) => Demoted = e;

    internal void StopServing(string reason) => ExcludedBecause = reason;

    internal void Fail(Failure failure)
    {
        Failure = failure;
        Unlink();
    }

    internal void Wait(long backlog) => Backlog = backlog;
}
