using TreePush.Core.Pushing;

namespace TreePush.Core.Broadcasting;

/// <summary>
/// A broadcast, as a state machine: inputs in, commands and events out. It holds no clock and starts nothing; the Engine
/// runs it against real relays, the simulation against imagined ones.
/// </summary>
public sealed class BroadcastCoordinator
{
    private readonly BroadcastState _state;
    private readonly Openings _openings;
    private readonly Departures _departures;
    private readonly Attacher _attacher;
    private readonly LinkVerdicts _verdicts;
    private readonly Succession _succession;
    private readonly Closings _closings;
    private readonly Shaper _shaper;
    private readonly Reports _reports;
    private readonly Watchman _watchman;
    private readonly Twins _twins;
    private bool _stopping, _killed, _finished;

    public BroadcastCoordinator(BroadcastPlan plan)
    {
        _state = new BroadcastState(plan);
        var reach = new Reachability();
        var rates = new RateBook(plan.Policy.MostRate);
        _openings = new Openings(_state);
        _departures = new Departures(_state);
        _closings = new Closings(_departures);
        _twins = new Twins(_state, _departures);
        _attacher = new Attacher(_state, new ParentFinder(_state, reach), _departures, _closings);
        var mover = new Mover(_state, _departures);
        _verdicts = new LinkVerdicts(_state, reach, _departures, mover);
        _succession = new Succession(_state, _openings, _departures, _attacher);
        _shaper = new Shaper(_state, rates);
        _reports = new Reports(_state, _departures, _succession, _closings, new PaceJudge(_state, rates, mover, _departures), _shaper);
        _watchman = new Watchman(_state, _departures, Abandon, _verdicts);
    }

    /// <summary>Takes one input and says what it leads to. Inputs after the run has finished lead to nothing.</summary>
    /// <param name="now">The time; it never runs backwards from one call to the next.</param>
    public BroadcastStep Handle(BroadcastInput input, DateTimeOffset now)
    {
        if (_finished) return new BroadcastStep([], [], true);
        _watchman.Wake(now);
        Apply(input, now);
        _state.RunDue(now);
        _twins.Settle(now);
        _openings.Fill(now);
        _attacher.Run(now);
        _closings.Run();
        if (IsOver()) Finish(now);
        else _state.SetAlarm();
        var (commands, events) = _state.TakeOutput();
        return new BroadcastStep(commands, events, _finished);
    }

    private void Apply(BroadcastInput input, DateTimeOffset now)
    {
        switch (input)
        {
            case BroadcastInput.Start: Start(now); break;
            case BroadcastInput.Probed e: _openings.Note(e.Hosts); break;
            case BroadcastInput.Opened e when _state.Find(e.Host) is { State: RelayState.Opening } node: Opened(node, now); break;
            case BroadcastInput.Opened e: _state.Do(new BroadcastCommand.Close(e.Host)); break; // It was closed while it started.
            case BroadcastInput.Lost e when _state.Find(e.Host) is { } node: Lost(node, e.Failure, now); break;
            case BroadcastInput.Surveyed e when _state.Writer?.Name == e.Source: _shaper.Surveyed(e, now); break;
            case BroadcastInput.Linked e when _state.FindLink(e.Link) is { } link: Linked(link, now); break;
            case BroadcastInput.LinkLost e when _state.FindLink(e.Link) is { } link: LinkLost(link, e, now); break;
            case BroadcastInput.Scanned e when _state.Find(e.Host) is { IsUp: true } node: _reports.Scanned(node, e, now); break;
            case BroadcastInput.Progressed e when _state.Find(e.Host) is { IsUp: true } node: Progressed(node, e, now); break;
            case BroadcastInput.Delivered e when _state.Find(e.Host) is { IsUp: true } node: _reports.Delivered(node, e.Receipt, now); break;
            case BroadcastInput.Lacking e when _state.Find(e.Host) is { IsUp: true, ServesNoMore: false } node: _departures.Lacking(node, e.Message, now); break;
            case BroadcastInput.Twin e when _state.Find(e.Host) is { IsUp: true, TwinOf: null } node && _state.Find(e.Of) is { } of: _twins.Join(node, of, now); break;
            case BroadcastInput.Failed e when _state.Find(e.Host) is { } node: Failed(node, e, now); break;
            case BroadcastInput.Stop stop: Stop(stop.Kill, now); break;
        }
    }

    private void Start(DateTimeOffset now)
    {
        var plan = _state.Plan;
        _state.Started = now;
        _state.Tell(new SyncStarted(now, plan.Run, plan.Command, plan.Sources.Count, plan.Targets.Count, plan.Served.Count, plan.Policy.DryRun));
        var sources = plan.Sources.DistinctBy(s => s.Name).Select(s => _state.Add(s, RelayRole.Mirror, isTarget: false)).ToList();
        var targets = new List<Node>();
        foreach (var host in plan.Targets.DistinctBy(t => t.Name))
        {
            if (_state.Find(host.Name) is not null)
            {
                _state.CountServed(1);
                _state.Tell(new TargetSkipped(now, host.Name));
            }
            else if (plan.Served.Contains(host.Name)) _state.CountServed(1);
            else targets.Add(_state.Add(host, RelayRole.Target, isTarget: true));
        }

        if (targets.Count == 0) return;
        _openings.Line(sources, targets);
        _openings.OpenWriter(now);
        _shaper.Start(now);
    }

    private void Opened(Node node, DateTimeOffset now)
    {
        _state.Move(node, RelayState.Up);
        _state.LastGain = now;
        _watchman.Watch(node, now);
        _state.Tell(new HostReady(now, node.Name, node.Role, now - node.OpeningSince));
        if (node.IsWriter) _succession.WriterIsUp(node);
        else _state.Seek(node);
    }

    private void Linked(Link link, DateTimeOffset now)
    {
        link.Child.LastHeard = _state.LastGain = now;
        _verdicts.Stands(link, now);
    }

    private void LinkLost(Link link, BroadcastInput.LinkLost lost, DateTimeOffset now)
    {
        link.Child.LastHeard = now;
        _verdicts.Lost(link, lost.Fault, lost.Message, now);
    }

    private void Lost(Node node, Failure failure, DateTimeOffset now)
    {
        bool wasWriter = node is { IsWriter: true, State: RelayState.Opening or RelayState.Up };
        _departures.Lost(node, failure, now);
        if (wasWriter) _succession.WriterLost(node, failure, now);
    }

    private void Progressed(Node node, BroadcastInput.Progressed told, DateTimeOffset now)
    {
        bool gained = told.Progress.Have > node.Have;
        _reports.Progressed(node, told, now);
        _watchman.NoteReport(node, gained, now);
        _watchman.NoteDisk(node, told.Stalled, now);
    }

    /// <summary>Gives up a relay that may still run.</summary>
    private void Abandon(Node node, Failure failure, DateTimeOffset now)
    {
        Lost(node, failure, now);
        _state.Do(new BroadcastCommand.Close(node.Name));
    }

    /// <summary>A source that can't go on is as good as lost, though its relay still runs.</summary>
    private void Failed(Node node, BroadcastInput.Failed failed, DateTimeOffset now)
    {
        bool wasWriter = node is { IsWriter: true, IsUp: true };
        _departures.Failed(node, failed.Failure, failed.CanServe, now);
        if (wasWriter && node.ServesNoMore) _succession.WriterLost(node, failed.Failure, now);
    }

    private void Stop(bool kill, DateTimeOffset now)
    {
        if (_killed || (_stopping && !kill)) return;
        (_stopping, _killed, _openings.IsStopped) = (true, kill, true);
        _state.Tell(new RunStopping(now, kill));
        var failure = new Failure(FailureKind.Interrupted, "the run was ended before it had everything");
        foreach (var node in _state.Nodes.Where(n => n.Outcome == Outcome.Open))
        {
            if (!node.HasBegun)
            {
                _state.Decide(node, Outcome.NotTried);
                if (node.IsUp) _departures.Leave(node);
                else _departures.Close(node);
            }
            else if (kill) _departures.Fail(node, failure, now);
        }
    }

    /// <summary>A dry run also waits for what the further sources lack.</summary>
    private bool IsOver() => _state.Undecided == 0 && !(_state.Policy.DryRun && !_stopping && _state.Nodes.Any(IsAwaitedMirror));

    private bool IsAwaitedMirror(Node node) =>
        node is { Role: RelayRole.Mirror, Need: null, State: RelayState.Opening or RelayState.Up } && _state.Writer is not null;

    private void Finish(DateTimeOffset now)
    {
        _finished = true;
        foreach (var node in _state.Nodes) _departures.Close(node);
        _state.Tell(new RunFinished(now, _state.Succeeded, _state.Failed, _state.NotTried, _stopping && _state.Failed + _state.NotTried > 0, now - _state.Started));
    }
}
