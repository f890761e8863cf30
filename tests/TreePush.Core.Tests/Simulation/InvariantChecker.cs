using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Simulation;

/// <summary>
/// Watches a run from outside, as the Engine would see it, and knows the rules: who has the files, who is connected, what
/// is under way. It throws at the first step that breaks one.
/// </summary>
internal sealed class InvariantChecker
{
    private const int MostSteps = 1_000_000;

    private readonly PushPolicy _policy;
    private readonly HashSet<HostName> _targets, _haveFiles, _connected = [], _opening = [], _failed = [], _aside = [];
    private readonly Dictionary<int, Transfer> _running = [];
    private readonly Dictionary<HostName, int> _busy = [];
    private readonly HashSet<HostName> _beingServed = [];
    private DateTimeOffset _now;
    private int _slots;
    private bool _over;

    public InvariantChecker(PushPlan plan)
    {
        _policy = plan.Policy;
        _slots = plan.Policy.Slots ?? 1;
        _targets = [.. plan.Targets.Select(t => t.Name)];
        _haveFiles = [.. plan.Sources.Select(s => s.Name), .. plan.Served.Where(_targets.Contains)];
    }

    public List<RunEvent> Events { get; } = [];

    /// <summary>Transfers started, in order.</summary>
    public List<Transfer> Started { get; } = [];

    public int Steps { get; private set; }

    public void Check(PushInput input, RunStep<PushCommand> step, DateTimeOffset now)
    {
        Require(!_over || (step.Commands.Count == 0 && step.Events.Count == 0), "nothing happens after the end");
        Require(now >= _now, "time never runs backwards");
        Require(++Steps < MostSteps, "every run ends");
        _now = now;
        Note(input);
        foreach (var happened in step.Events) Note(happened);
        foreach (var command in step.Commands) Note(command);
        _over = step.Finished;
    }

    public void CheckEnd(SimulationResult result)
    {
        Require(_running.Count == 0, "nothing is under way at the end");
        Require(Events[^1] is RunFinished, "the end is told last");
        int served = _targets.Count(_haveFiles.Contains);
        Require(!_failed.Overlaps(_haveFiles), "no target is both served and failed");
        Require(result.Succeeded == served, "every served target is counted as succeeded, and no other");
        Require(result.Failed == _failed.Count, "every target given up is counted as failed, and no other");
        Require(result.Succeeded + result.Failed + result.NotTried == _targets.Count, "no target is forgotten");
        Require(Started.Count == Events.OfType<TransferSucceeded>().Count() + Events.OfType<TransferFailed>().Count(), "every transfer has its end told");
    }

    private void Note(PushInput input)
    {
        switch (input)
        {
            case PushInput.SourceOpened opened when _opening.Remove(opened.Source): _connected.Add(opened.Source); break;
            case PushInput.SourceLost lost:
                _opening.Remove(lost.Source);
                _connected.Remove(lost.Source);
                break;
            case PushInput.TransferEnded ended when _running.Remove(ended.Transfer, out var transfer):
                _busy[transfer.Source.Name]--;
                _beingServed.Remove(transfer.Target.Name);
                if (ended.Failure is null) _haveFiles.Add(transfer.Target.Name);
                break;
        }
    }

    private void Note(RunEvent happened)
    {
        Events.Add(happened);
        switch (happened)
        {
            case SlotsChanged changed: _slots = changed.Slots; break;
            case TargetFailed failed: Require(_failed.Add(failed.Target), "a target is given up once"); break;
            case TargetRequeued again: Require(_failed.Remove(again.Target), "only a target given up is wanted again"); break;
            case SourceSetAside aside: Require(_aside.Add(aside.Source), "a source is set aside once"); break;
            case SourceRestored restored: Require(_aside.Remove(restored.Source), "only a source set aside is restored"); break;
        }
    }

    private void Note(PushCommand command)
    {
        switch (command)
        {
            case PushCommand.OpenSource open:
                Require(_haveFiles.Contains(open.Source.Name), "only who has the files is opened as a source");
                Require(!_connected.Contains(open.Source.Name) && _opening.Add(open.Source.Name), "a source is connected to once");
                Require(_opening.Count <= _policy.MaxOpening, "connections in the making keep to their limit");
                break;
            case PushCommand.CloseSource close:
                Require(_connected.Remove(close.Source), "only what is connected is closed");
                Require(_busy.GetValueOrDefault(close.Source) == 0, "no source at work is closed");
                break;
            case PushCommand.KillTransfer kill: Require(_running.ContainsKey(kill.Transfer), "only what runs is killed"); break;
            case PushCommand.WakeAt wake: Require(wake.Time > _now, "nobody asks to be woken in the past"); break;
            case PushCommand.StartTransfer start: Note(start.Transfer); break;
        }
    }

    private void Note(Transfer transfer)
    {
        var (source, target) = (transfer.Source.Name, transfer.Target.Name);
        Require(_connected.Contains(source), "only a connected source serves");
        Require(!_aside.Contains(source), "a source set aside serves nobody");
        Require(_targets.Contains(target), "only targets are served");
        Require(!_haveFiles.Contains(target), "a served target is never served again");
        Require(!_failed.Contains(target), "a target given up is left alone");
        Require(_beingServed.Add(target), "no target is served by two transfers at once");
        _running.Add(transfer.Id, transfer);
        Started.Add(transfer);
        int busy = _busy[source] = _busy.GetValueOrDefault(source) + 1;
        Require(busy <= (_policy.Slots ?? (2 * _slots)), "no source has more transfers than it has slots");
        Require(_running.Count <= _policy.MaxTransfers, "the run keeps to its limit on transfers");
    }

    private void Require(bool holds, string rule)
    {
        if (!holds) throw new InvalidOperationException($"broken after {(_now - DateTimeOffset.UnixEpoch).TotalSeconds:0.###} s: {rule}");
    }
}
