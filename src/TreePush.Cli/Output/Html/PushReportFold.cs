using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>Collects a push's events for the report.</summary>
internal sealed class PushReportFold(RunRequest request, PushWork push, IReadOnlySet<HostName> servedBefore)
    : RunReportFold<ReportHost>(request, servedBefore, (name, outcome) => new ReportHost(name, outcome), h => h.Outcome)
{
    private readonly List<ReportTransfer> _transfers = [];
    private readonly Dictionary<int, int> _placesOfTransfers = [];
    private readonly List<ReportSetAside> _setAside = [];
    private readonly List<ReportNote> _notes = [];

    public override void OnEvent(RunEvent happened)
    {
        base.OnEvent(happened);
        switch (happened)
        {
            case TransferStarted e: Begin(e); break;
            case TransferSucceeded e: Succeeded(e); break;
            case TransferFailed e: Failed(e); break;
            case TargetFailed e: GivenUp(e); break;
            case TargetRequeued e: Change(e.Target, h => new ReportHost(h.Name, HostOutcome.NotTried)); break;
            case SourceSetAside e: _setAside.Add(new ReportSetAside(PlaceOf(e.Source), At(e), Failures.PlaceOf(e.Failure))); break;
            case SourceRestored e: Restored(e); break;
            case SlotsChanged e: Note(e, "slots", e.Slots); break;
            case RunPaused: Note(happened, "paused"); break;
            case RunContinued: Note(happened, "continued"); break;
            case RunStopping e: Note(e, e.Kill ? "killing" : "stopping"); break;
            case SourcesExhausted e: Note(e, "exhausted", e.Remaining); break;
        }
    }

    public override string Page(int exitCode) => ReportPage.Build(Result(exitCode));

    public ReportData Result(int exitCode) => new()
    {
        Run = DisplayText.Line(Request.Run),
        Command = string.Join('\n', Request.Command.Split('\n').Select(l => DisplayText.Line(l, 2000))),
        Started = Started,
        Seconds = End,
        ExitCode = exitCode,
        Interrupted = IsInterrupted,
        Slots = push.Slots,
        Retries = push.Retries,
        Counts = Counts(Hosts.Max(h => h.Round) ?? 0),
        Hosts = Hosts,
        Transfers = _transfers,
        Failures = Failures.Failures,
        SetAside = _setAside,
        Notes = _notes,
    };

    private void Begin(TransferStarted e)
    {
        _placesOfTransfers[e.Transfer] = _transfers.Count;
        _transfers.Add(new ReportTransfer(PlaceOf(e.Source), PlaceOf(e.Target), e.Attempt, At(e)));
    }

    private void Succeeded(TransferSucceeded e)
    {
        EndTransfer(e.Transfer, t => t with { End = At(e) });
        int source = PlaceOf(e.Source);
        int round = (Hosts[source].Round ?? 0) + 1;
        Change(e.Target, h => new ReportHost(h.Name, HostOutcome.Served, source, round));
    }

    private void Failed(TransferFailed e) => EndTransfer(e.Transfer, t => t with
    {
        End = At(e),
        Failure = Failures.PlaceOf(e.Failure),
        Excused = e.Counted ? null : true,
    });

    private void GivenUp(TargetFailed e) => Change(e.Target, h =>
        new ReportHost(h.Name, HostOutcome.Failed, e.Source is { } source ? PlaceOf(source) : null, Failure: Failures.PlaceOf(e.Failure)));

    private void Restored(SourceRestored e)
    {
        int source = PlaceOf(e.Source);
        int last = _setAside.FindLastIndex(s => s.Source == source);
        if (last >= 0) _setAside[last] = _setAside[last] with { Restored = At(e) };
    }

    private void EndTransfer(int transfer, Func<ReportTransfer, ReportTransfer> change)
    {
        if (_placesOfTransfers.Remove(transfer, out int place)) _transfers[place] = change(_transfers[place]);
    }

    private void Note(RunEvent e, string what, int? count = null) => _notes.Add(new ReportNote(At(e), what, count));
}
