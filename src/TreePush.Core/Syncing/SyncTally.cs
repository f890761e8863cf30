namespace TreePush.Core.Syncing;

/// <summary>Totals over the events of a sync. The screen, the final lists and the exit code are made from them.</summary>
public sealed class SyncTally : RunTally
{
    private readonly Dictionary<HostName, SyncHost> _hosts = [];

    public bool IsDryRun { get; private set; }

    public Topology Topology { get; private set; } = Topology.Auto;

    /// <summary>The size of the source's tree; null until the source has listed it.</summary>
    public SourceScanned? Scan { get; private set; }

    /// <summary>The number of relays being started.</summary>
    public int Opening { get; private set; }

    /// <summary>All hosts that events have mentioned, in no order.</summary>
    public IReadOnlyDictionary<HostName, SyncHost> Hosts => _hosts;

    /// <summary>The targets whose need is known, at least in part.</summary>
    private IEnumerable<SyncHost> Counted => _hosts.Values.Where(h => h.Role is RelayRole.Target && h.Failure is null && (h.Need is not null || h.Needed > 0 || h.Delivered is not null));

    /// <summary>The total rate at which targets receive now, in bytes per second.</summary>
    public double Rate => _hosts.Values.Where(h => h.IsUnderWay).Sum(h => h.Rate ?? 0);

    /// <summary>The median rate of the targets that receive now, in bytes per second; null if there are none.</summary>
    public double? TypicalRate
    {
        get
        {
            double[] rates = [.. _hosts.Values.Where(h => h.IsUnderWay && h.Rate > 0).Select(h => h.Rate!.Value).Order()];
            return rates.Length == 0 ? null : rates[rates.Length / 2];
        }
    }

    public override void OnEvent(RunEvent happened)
    {
        base.OnEvent(happened);
        switch (happened)
        {
            case RunStarted e: IsDryRun = e.DryRun; break;
            case HostOpening: Opening++; break;
            case HostReady e:
                Opening = Math.Max(0, Opening - 1);
                Host(e.Host).Ready(e);
                break;
            case SourceScanned e: Scan = e; break;
            case TopologyChosen e: Topology = e.Topology; break;
            case HostLinked e: Host(e.Child).Link(e); break;
            case LinkFailed e: if (Host(e.Child).LinkNumber == e.Link) Host(e.Child).Unlink(); break;
            case HostDemoted e: Host(e.Host).Demote(e); break;
            case HostExcluded e: Host(e.Host).StopServing(e.Reason); break;
            case HostScanned e: Host(e.Host).Scan(e); break;
            case HostProgressed e: Progress(e); break;
            case HostLost e: Lose(e); break;
            case TargetServed e: Host(e.Target).Deliver(e); break;
            case TargetFailed e: Host(e.Target).Fail(e.Failure); break;
        }
    }

    /// <summary>
    /// Returns how many bytes the targets of this part of the run have, and how many they need. A host whose need is not known
    /// yet counts with the average of the others, so that the share grows evenly.
    /// </summary>
    public (double Have, double Needed) Bytes()
    {
        long have = 0, needed = 0;
        int known = 0;
        foreach (var host in Counted)
        {
            have += host.Have;
            needed += host.Needed;
            known++;
        }

        int unknown = Math.Max(0, Targets - ServedBefore - Skipped.Count - Failed.Count - known);
        double each = known > 0 ? (double)needed / known : Scan?.Bytes ?? 0;
        return (have, needed + (unknown * each));
    }

    /// <summary>Estimates the remaining time: how long the slowest receiving target takes at its present rate. Null while there is no rate.</summary>
    public TimeSpan? Estimate()
    {
        double seconds = _hosts.Values.Where(h => h.IsUnderWay && h.Rate > 0).Select(h => h.Remaining / h.Rate!.Value).DefaultIfEmpty(0).Max();
        return seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private SyncHost Host(HostName name)
    {
        if (!_hosts.TryGetValue(name, out var host)) _hosts[name] = host = new SyncHost(name);
        return host;
    }

    private void Progress(HostProgressed e)
    {
        Host(e.Host).Progress(e);
        foreach (var child in e.Progress.Children)
            if (_hosts.TryGetValue(child.Child, out var host) && host.LinkNumber == child.Link) host.Wait(child.Backlog);
    }

    private void Lose(HostLost e)
    {
        var host = Host(e.Host);
        if (host.Role is null) Opening = Math.Max(0, Opening - 1);
        host.Fail(e.Failure);
    }
}
