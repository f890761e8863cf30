using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>Collects a sync's events for the report.</summary>
internal sealed class SyncReportFold(RunRequest request, IReadOnlySet<HostName> servedBefore)
    : RunReportFold<SyncReportHost>(request, servedBefore, (name, outcome) => new SyncReportHost(name, outcome), h => h.Outcome)
{
    private const int MostFiles = 500;
    private const int MostMessages = 20_000;

    private readonly List<ReportLink> _links = [];
    private readonly Dictionary<int, int> _placesOfLinks = [];
    private readonly Dictionary<int, int> _lastLinks = [];
    private readonly Dictionary<string, int> _digests = [];
    private readonly ReceivedCurve _received = new();
    private readonly List<SyncReportNote> _notes = [];
    private readonly List<ReportFile> _files = [];
    private ReportSource? _scan;
    private Topology _topology = Topology.Auto;
    private int _fileCount;

    public override string Page(int exitCode) => ReportPage.Build(Result(exitCode));

    public override void OnEvent(RunEvent happened)
    {
        base.OnEvent(happened);
        switch (happened)
        {
            case HostOpening e: Change(e.Host, h => h with { Opening = h.Opening ?? At(e) }); break;
            case HostReady e: Change(e.Host, h => h with { Ready = At(e) }); break;
            case SourceScanned e: _scan = new ReportSource(e.Entries, e.Bytes); break;
            case TopologyChosen e: Chosen(e); break;
            case HostLinked e: Linked(e); break;
            case LinkFailed e: LinkFailed(e); break;
            case HostScanned e: Change(e.Host, h => h with { Need = e.Need }); break;
            case HostProgressed e: _received.Add(At(e), PlaceOf(e.Host), e.Progress.Received); break;
            case HostDemoted e: Change(e.Host, h => h with { Slow = new ReportSlowness(At(e), e.Rate, e.Typical) }); break;
            case HostExcluded e: Change(e.Host, h => h with { Excluded = DisplayText.Line(e.Reason) }); break;
            case SourceReplaced e: _notes.Add(new SyncReportNote(At(e), "replaced", PlaceOf(e.Successor), e.Source.Value)); break;
            case HostLost e: Lost(e); break;
            case TargetServed { Receipt: { } receipt } e: Delivered(e, receipt); break;
            case TargetFailed e: Failed(e); break;
            case FileWarning e: Warned(e); break;
            case RunStopping e: _notes.Add(new SyncReportNote(At(e), e.Kill ? "killing" : "stopping")); break;
            case SourcesExhausted e: _notes.Add(new SyncReportNote(At(e), "exhausted", Count: e.Remaining)); break;
        }
    }

    public SyncReportData Result(int exitCode)
    {
        return new SyncReportData
        {
            Run = DisplayText.Line(Request.Run),
            Command = DisplayText.Line(Request.Command, 2000),
            Started = Started,
            Seconds = End,
            ExitCode = exitCode,
            Interrupted = IsInterrupted,
            DryRun = Request.Work.IsDryRun,
            Topology = _topology.ToString(),
            Scan = _scan,
            Counts = Counts(rounds: 0),
            Hosts = Hosts,
            Links = [.. _links.Select((l, i) => l.End > 0 ? l : l with { End = Hosts[l.Target].Delivered ?? End })],
            Failures = Failures.Failures,
            Digests = [.. _digests.Keys],
            Received = _received.Points(),
            Notes = _notes,
            Files = _files,
            FileCount = _fileCount,
        };
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

    /// <summary>Records a failed link. A link that was never made is recorded too, for its reason.</summary>
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
        if (Hosts[host].Outcome == HostOutcome.Source) _notes.Add(new SyncReportNote(At(e), "source_lost", host, DisplayText.Line(e.Failure.Message)));
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
            Failure = Failures.PlaceOf(e.Failure),
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
}
