using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>A run's events, folded into what the report shows.</summary>
internal sealed class ReportFold : IReportFold
{
    private readonly RunRequest _request;
    private readonly PushWork _push;
    private readonly Dictionary<HostName, int> _places = [];
    private readonly List<ReportHost> _hosts = [];
    private readonly List<ReportTransfer> _transfers = [];
    private readonly Dictionary<int, int> _placesOfTransfers = [];
    private readonly FailureBook _failures = new();
    private readonly List<ReportSetAside> _setAside = [];
    private readonly List<ReportNote> _notes = [];
    private readonly int _servedBefore;
    private DateTimeOffset _started, _latest;
    private int _skipped;
    private bool _interrupted;

    /// <param name="servedBefore">Targets that an earlier part of the run has served.</param>
    public ReportFold(RunRequest request, PushWork push, IReadOnlySet<HostName> servedBefore)
    {
        (_request, _push) = (request, push);
        foreach (var source in request.Sources) Add(source.Name, HostOutcome.Source);
        foreach (var target in request.Targets)
        {
            if (_places.ContainsKey(target.Name)) continue;
            bool before = servedBefore.Contains(target.Name);
            if (before) _servedBefore++;
            Add(target.Name, before ? HostOutcome.ServedBefore : HostOutcome.NotTried);
        }
    }

    public void OnEvent(RunEvent happened)
    {
        if (happened is RunStarted) _started = happened.Time;
        _latest = happened.Time;
        switch (happened)
        {
            case TargetSkipped: _skipped++; break;
            case TransferStarted e: Started(e); break;
            case TransferSucceeded e: Succeeded(e); break;
            case TransferFailed e: Failed(e); break;
            case TargetFailed e: GivenUp(e); break;
            case TargetRequeued e: Change(e.Target, h => new ReportHost(h.Name, HostOutcome.NotTried)); break;
            case SourceSetAside e: _setAside.Add(new ReportSetAside(PlaceOf(e.Source), At(e), _failures.PlaceOf(e.Failure))); break;
            case SourceRestored e: Restored(e); break;
            case SlotsChanged e: Note(e, "slots", e.Slots); break;
            case RunPaused: Note(happened, "paused"); break;
            case RunContinued: Note(happened, "continued"); break;
            case RunStopping e: Note(e, e.Kill ? "killing" : "stopping"); break;
            case SourcesExhausted e: Note(e, "exhausted", e.Remaining); break;
            case RunFinished e: _interrupted = e.Interrupted; break;
        }
    }

    public string Page(int exitCode) => ReportPage.Build(Result(exitCode));

    public ReportData Result(int exitCode) => new()
    {
        Run = DisplayText.Line(_request.Run),
        Command = string.Join('\n', _request.Command.Split('\n').Select(l => DisplayText.Line(l, 2000))),
        Started = _started,
        Seconds = Seconds(_latest - _started),
        ExitCode = exitCode,
        Interrupted = _interrupted,
        Slots = _push.Slots,
        Retries = _push.Retries,
        Counts = Counts(),
        Hosts = _hosts,
        Transfers = _transfers,
        Failures = _failures.Failures,
        SetAside = _setAside,
        Notes = _notes,
    };

    private ReportCounts Counts()
    {
        int Count(HostOutcome outcome) => _hosts.Count(h => h.Outcome == outcome);
        int served = Count(HostOutcome.Served) + _servedBefore + _skipped;
        return new ReportCounts(_request.Targets.DistinctBy(t => t.Name).Count(), served, _servedBefore, _skipped,
            Count(HostOutcome.Failed), Count(HostOutcome.NotTried), _hosts.Max(h => h.Round) ?? 0);
    }

    private void Started(TransferStarted e)
    {
        _placesOfTransfers[e.Transfer] = _transfers.Count;
        _transfers.Add(new ReportTransfer(PlaceOf(e.Source), PlaceOf(e.Target), e.Attempt, At(e)));
    }

    private void Succeeded(TransferSucceeded e)
    {
        End(e.Transfer, t => t with { End = At(e) });
        int source = PlaceOf(e.Source);
        int round = (_hosts[source].Round ?? 0) + 1;
        Change(e.Target, h => new ReportHost(h.Name, HostOutcome.Served, source, round));
    }

    private void Failed(TransferFailed e) => End(e.Transfer, t => t with
    {
        End = At(e),
        Failure = _failures.PlaceOf(e.Failure),
        Excused = e.Counted ? null : true,
    });

    private void GivenUp(TargetFailed e) => Change(e.Target, h =>
        new ReportHost(h.Name, HostOutcome.Failed, e.Source is { } source ? PlaceOf(source) : null, Failure: _failures.PlaceOf(e.Failure)));

    private void Restored(SourceRestored e)
    {
        int source = PlaceOf(e.Source);
        int last = _setAside.FindLastIndex(s => s.Source == source);
        if (last >= 0) _setAside[last] = _setAside[last] with { Restored = At(e) };
    }

    private void End(int transfer, Func<ReportTransfer, ReportTransfer> change)
    {
        if (_placesOfTransfers.Remove(transfer, out int place)) _transfers[place] = change(_transfers[place]);
    }

    private void Change(HostName name, Func<ReportHost, ReportHost> change)
    {
        int place = PlaceOf(name);
        _hosts[place] = change(_hosts[place]);
    }

    private void Note(RunEvent e, string what, int? count = null) => _notes.Add(new ReportNote(At(e), what, count));

    private int PlaceOf(HostName name) => _places.TryGetValue(name, out int place) ? place : Add(name, HostOutcome.NotTried);

    private int Add(HostName name, HostOutcome outcome)
    {
        if (!_places.TryAdd(name, _hosts.Count)) return _places[name];
        _hosts.Add(new ReportHost(DisplayText.Line(name.Value), outcome));
        return _hosts.Count - 1;
    }

    private double At(RunEvent e) => Seconds(e.Time - _started);

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
