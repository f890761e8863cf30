namespace TreePush.Core.Syncing;

/// <summary>What the events of a sync have said about one host so far.</summary>
public sealed class SyncHost(HostName name)
{
    /// <summary>The shortest time over which a rate is computed; over shorter times it fluctuates too much to be shown.</summary>
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromSeconds(0.25);

    private DateTimeOffset? _measured;
    private long _receivedThen;

    public HostName Name { get; } = name;

    /// <summary>The role of the host's relay; null until the relay runs.</summary>
    public RelayRole? Role { get; private set; }

    /// <summary>The host that this host receives from now; null if there is none.</summary>
    public HostName? Parent { get; private set; }

    public Route Route { get; private set; }

    public Need? Need { get; private set; }

    /// <summary>How many bytes of its need the host has.</summary>
    public long Have { get; private set; }

    /// <summary>The size of its need in bytes, as far as known.</summary>
    public long Needed { get; private set; }

    /// <summary>The rate at which the host receives now, in bytes per second; null while unknown.</summary>
    public double? Rate { get; private set; }

    /// <summary>The bytes that the parent has and has not sent yet. If this number grows, the host or its link is slow.</summary>
    public long Backlog { get; private set; }

    public HostDemoted? Demoted { get; private set; }

    public string? ExcludedBecause { get; private set; }

    public Failure? Failure { get; private set; }

    public TargetServed? Delivered { get; private set; }

    public Receipt? Receipt => Delivered?.Receipt;

    /// <summary>When the host's first link came up; null if it had none.</summary>
    public DateTimeOffset? FirstLinked { get; private set; }

    public bool IsSource => Role is RelayRole.Source or RelayRole.Mirror;

    /// <summary>Whether the host receives, or waits to receive.</summary>
    public bool IsUnderWay => Role is RelayRole.Target && Delivered is null && Failure is null;

    /// <summary>The bytes that the host still needs.</summary>
    public long Remaining => Math.Max(0, Needed - Have);

    /// <summary>The share of its need that the host has, from 0 to 1; null while the need is not known.</summary>
    public double? Share => IsSource || Delivered is not null ? 1 : Needed > 0 ? Math.Min(1, (double)Have / Needed) : Need is null ? null : 1;

    /// <summary>The mean rate since the first link, in bytes per second; null before the host is complete, or if it received nothing.</summary>
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

    /// <summary>The number of the link to the host's parent.</summary>
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
