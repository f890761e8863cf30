using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>A sync's events, folded into what the report shows.</summary>
internal sealed class SyncReportFold : IReportFold
{
    private const int MostFiles = 500;
    private const int MostMessages = 20_000;

    private readonly RunRequest _request;
    private readonly Dictionary<HostName, int> _places = [];
    private readonly List<SyncReportHost> _hosts = [];
    private readonly List<ReportLink> _links = [];
    private readonly Dictionary<int, int> _placesOfLinks = [];
    private readonly Dictionary<int, int> _lastLinks = [];
    private readonly Dictionary<string, int> _digests = [];
    private readonly FailureBook _failures = new();
    private readonly ReceivedCurve _received = new();
    private readonly List<SyncReportNote> _notes = [];
    private readonly List<ReportFile> _files = [];
    private readonly int _servedBefore;
    private DateTimeOffset _started, _latest;
    private ReportSource? _scan;
    private Topology _topology = Topology.Auto;
    private int _skipped, _fileCount;
    private bool _interrupted;

    /// <param name="servedBefore">Targets that an earlier part of the run has served.</param>
    public SyncReportFold(RunRequest request, IReadOnlySet<HostName> servedBefore)
    {
        _request = request;
        foreach (var source in request.Sources) PlaceOf(source.Name, HostOutcome.Source);
        foreach (var target in request.Targets)
        {
            if (_places.ContainsKey(target.Name)) continue;
            bool before = servedBefore.Contains(target.Name);
            if (before) _servedBefore++;
            PlaceOf(target.Name, before ? HostOutcome.ServedBefore : HostOutcome.NotTried);
        }
    }

    public string Page(int exitCode) => ReportPage.Build(Result(exitCode));

    public void OnEvent(RunEvent happened)
    {
        if (happened is RunStarted) _started = happened.Time;
        _latest = happened.Time;
        switch (happened)
        {
            case TargetSkipped: _skipped++; break;
            case HostOpening e: Change(e.Host, h => h with { Opening = h.Opening ?? At(e) }); break;
            case HostReady e: Change(e.Host, h => h with { Ready = At(e) }); break;
            case SourceScanned e: _scan = new ReportSource(e.Entries, e.Bytes); break;
            case TopologyChosen e: Chosen(e); break;
            case HostLinked e: Linked(e); break;
            case LinkFailed e: LinkFailed(e); break;
            case HostScanned e: Change(e.Host, h => h with { Need = e.Need }); break;
            case HostProgressed e: _received.Add(At(e), PlaceOf(e.Host), e.Progress.Received); break;
            case HostDemoted e: Change(e.Host, h => h with { Slow = new ReportSlowness(At(e), e.Rate, e.Typical) }); break;
            case HostExcluded e: Change(e.Host, h => h with { IsExcluded = DisplayText.Line(e.Reason) }); break;
            case SourceReplaced e: _notes.Add(new SyncReportNote(At(e), "replaced", PlaceOf(e.Successor), e.Source.Value)); break;
            case HostLost e: Lost(e); break;
            case TargetServed { Receipt: { } receipt } e: Delivered(e, receipt); break;
            case TargetFailed e: Failed(e); break;
            case FileWarning e: Warned(e); break;
            case RunStopping e: _notes.Add(new SyncReportNote(At(e), e.Kill ? "killing" : "stopping")); break;
            case SourcesExhausted e: _notes.Add(new SyncReportNote(At(e), "exhausted", Count: e.Remaining)); break;
            case RunFinished e: _interrupted = e.Interrupted; break;
        }
    }

    public SyncReportData Result(int exitCode)
    {
        double end = Seconds(_latest - _started);
        return new SyncReportData
        {
            Run = DisplayText.Line(_request.Run),
            Command = DisplayText.Line(_request.Command, 2000),
            Started = _started,
            Seconds = end,
            ExitCode = exitCode,
            Interrupted = _interrupted,
            DryRun = _request.Work.IsDryRun,
            Topology = _topology.ToString(),
            Scan = _scan,
            Counts = Counts(),
            Hosts = _hosts,
            Links = [.. _links.Select((l, i) => l.End > 0 ? l : l with { End = _hosts[l.Target].Delivered ?? end })],
            Failures = _failures.Failures,
            Digests = [.. _digests.Keys],
            Received = _received.Points(),
            Notes = _notes,
            Files = _files,
            FileCount = _fileCount,
        };
    }

    private ReportCounts Counts()
    {
        int Count(HostOutcome outcome) => _hosts.Count(h => h.Outcome == outcome);
        int served = Count(HostOutcome.Served) + _servedBefore + _skipped;
        return new ReportCounts(_request.Targets.DistinctBy(t => t.Name).Count(), served, _servedBefore, _skipped, Count(HostOutcome.Failed), Count(HostOutcome.NotTried), 0);
    }

    private void Chosen(TopologyChosen e)
    {
        bool changed = _topology != Topology.Auto && _topology != e.Topology;
        _topology = e.Topology;
        if (changed) _notes.Add(new SyncReportNote(At(e), "topology", Text: e.Topology.ToString()));
    }

    private void Linked(HostLinked e)
    {
        int child = PlaceOf(e.Child);
        EndLast(child, At(e));
        _placesOfLinks[e.Link] = _lastLinks[child] = _links.Count;
        _links.Add(new ReportLink(PlaceOf(e.Parent), child, At(e)) { Relayed = e.Route == Route.ThroughController ? true : null });
        Change(e.Child, h => h with { From = PlaceOf(e.Parent) });
    }

    /// <summary>A link that could not even be made has no length in time, but it has a reason.</summary>
    private void LinkFailed(LinkFailed e)
    {
        int place = _placesOfLinks.TryGetValue(e.Link, out int made) ? made : _links.Count;
        if (place == _links.Count) _links.Add(new ReportLink(PlaceOf(e.Parent), PlaceOf(e.Child), At(e)));
        _links[place] = _links[place] with
        {
            End = Math.Max(At(e), 0.001),
            Fault = JsonNames.Of(e.Fault),
            Message = _links.Count < MostMessages ? DisplayText.Line(e.Message) : null,
        };
    }

    private void Lost(HostLost e)
    {
        int host = PlaceOf(e.Host);
        EndLast(host, At(e));
        Change(e.Host, h => h with { Lost = At(e) });
        if (_hosts[host].Outcome == HostOutcome.Source) _notes.Add(new SyncReportNote(At(e), "source_lost", host, DisplayText.Line(e.Failure.Message)));
    }

    private void Delivered(TargetServed e, Receipt receipt)
    {
        EndLast(PlaceOf(e.Target), At(e));
        _received.Add(At(e), PlaceOf(e.Target), receipt.Received);
        if (!_digests.TryGetValue(receipt.Digest, out int digest)) _digests[DisplayText.Line(receipt.Digest)] = digest = _digests.Count;
        Change(e.Target, h => h with
        {
            Outcome = HostOutcome.Served,
            From = e.Source is { } parent ? PlaceOf(parent) : h.From,
            Failure = null,
            Delivered = At(e),
            Receipt = new ReportReceipt(receipt.Received, receipt.Sent, receipt.Written, receipt.Deleted, digest),
        });
    }

    private void Failed(TargetFailed e)
    {
        EndLast(PlaceOf(e.Target), At(e));
        Change(e.Target, h => h with
        {
            Outcome = HostOutcome.Failed,
            From = h.From ?? (e.Source is { } source ? PlaceOf(source) : null),
            Failure = _failures.PlaceOf(e.Failure),
            Lost = h.Lost ?? At(e),
        });
    }

    private void Warned(FileWarning e)
    {
        if (_fileCount++ < MostFiles) _files.Add(new ReportFile(PlaceOf(e.Host), DisplayText.Line(e.Path), DisplayText.Line(e.Message)));
    }

    private void EndLast(int host, double at)
    {
        if (_lastLinks.TryGetValue(host, out int place) && _links[place].End == 0) _links[place] = _links[place] with { End = at };
    }

    private void Change(HostName name, Func<SyncReportHost, SyncReportHost> change)
    {
        int place = PlaceOf(name);
        _hosts[place] = change(_hosts[place]);
    }

    private int PlaceOf(HostName name, HostOutcome outcome = HostOutcome.NotTried)
    {
        if (!_places.TryAdd(name, _hosts.Count)) return _places[name];
        _hosts.Add(new SyncReportHost(DisplayText.Line(name.Value), outcome));
        return _hosts.Count - 1;
    }

    private double At(RunEvent e) => Seconds(e.Time - _started);

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
