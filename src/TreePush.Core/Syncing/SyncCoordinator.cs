using TreePush.Core.Syncing.Stragglers;

namespace TreePush.Core.Syncing;

/// <summary>The state machine of a sync.</summary>
public sealed class SyncCoordinator : IRunCoordinator<SyncInput, SyncCommand>
{
    private readonly SyncState _state;
    private readonly RelayStarts _starts;
    private readonly HostRemoval _removal;
    private readonly ParentAssignment _assignment;
    private readonly LinkFaultAttribution _faults;
    private readonly SourceFailover _failover;
    private readonly IdleRelays _idle;
    private readonly TopologySelector _topologies;
    private readonly Reports _reports;
    private readonly LivenessMonitor _liveness;
    private readonly DuplicateHosts _duplicates;
    private bool _stopping, _killed, _finished;

    public SyncCoordinator(SyncPlan plan)
    {
        _state = new SyncState(plan);
        var reach = new Reachability();
        _starts = new RelayStarts(_state);
        _removal = new HostRemoval(_state);
        _idle = new IdleRelays(_removal);
        _duplicates = new DuplicateHosts(_state, _removal);
        _assignment = new ParentAssignment(_state, new ParentSelection(_state, reach), _removal, _idle);
        var demotion = new Demotion(_state, _removal);
        var stragglers = new StragglerDetector(_state, demotion, _removal);
        _faults = new LinkFaultAttribution(_state, reach, _removal, demotion);
        _failover = new SourceFailover(_state, _starts, _removal, _assignment);
        _topologies = new TopologySelector(_state, stragglers);
        _reports = new Reports(_state, _removal, _failover, _idle, stragglers, _topologies);
        _liveness = new LivenessMonitor(_state, _removal, Abandon, _faults);
    }

    /// <inheritdoc/>
    public RunStep<SyncCommand> Handle(SyncInput input, DateTimeOffset now)
    {
        if (_finished) return new RunStep<SyncCommand>([], [], Finished: true);
        _liveness.Wake(now);
        Apply(input, now);
        _state.RunDue(now);
        _duplicates.Settle(now);
        _starts.Fill(now);
        _assignment.Run(now);
        _idle.Run();
        if (IsOver()) Finish(now);
        else _state.SetAlarm();
        return _state.TakeStep(_finished);
    }

    private void Apply(SyncInput input, DateTimeOffset now)
    {
        switch (input)
        {
            case SyncInput.Start: Start(now); break;
            case SyncInput.Probed e: _starts.Note(e.Hosts); break;
            case SyncInput.Opened e when _state.Find(e.Host) is { State: RelayState.Opening } node: Opened(node, now); break;
            case SyncInput.Opened e: _state.Issue(new SyncCommand.Close(e.Host)); break; // The relay was closed while it was starting.
            case SyncInput.Lost e when _state.Find(e.Host) is { } node: Lost(node, e.Failure, now); break;
            case SyncInput.SourceScanned e when _state.Writer?.Name == e.Source: _topologies.SourceScanned(e, now); break;
            case SyncInput.Linked e when _state.FindLink(e.Link) is { } link: Linked(link, now); break;
            case SyncInput.LinkLost e when _state.FindLink(e.Link) is { } link: LinkLost(link, e, now); break;
            case SyncInput.Scanned e when _state.Find(e.Host) is { IsUp: true } node: _reports.Scanned(node, e, now); break;
            case SyncInput.Progressed e when _state.Find(e.Host) is { IsUp: true } node: Progressed(node, e, now); break;
            case SyncInput.Delivered e when _state.Find(e.Host) is { IsUp: true } node: _reports.Delivered(node, e.Receipt, now); break;
            case SyncInput.Lacking e when _state.Find(e.Host) is { IsUp: true, IsExcluded: false } node: _removal.Lacking(node, e.Message, now); break;
            case SyncInput.Duplicate e when _state.Find(e.Host) is { IsUp: true, DuplicateOf: null } node && _state.Find(e.Of) is { } of: _duplicates.Join(node, of, now); break;
            case SyncInput.Failed e when _state.Find(e.Host) is { } node: Failed(node, e, now); break;
            case SyncInput.Stop stop: Stop(stop.Kill, now); break;
        }
    }

    private void Start(DateTimeOffset now)
    {
        var plan = _state.Plan;
        _state.Started = now;
        _state.Emit(plan.Started(JobKind.Sync, plan.Policy.DryRun, now));
        var sources = plan.Sources.DistinctBy(s => s.Name).Select(s => _state.Add(s, RelayRole.Mirror, isTarget: false)).ToList();
        var targets = new List<Node>();
        foreach (var host in plan.Targets.DistinctBy(t => t.Name))
        {
            if (_state.Find(host.Name) is not null)
            {
                _state.CountServed(1);
                _state.Emit(new TargetSkipped(now, host.Name));
            }
            else if (plan.Served.Contains(host.Name)) _state.CountServed(1);
            else targets.Add(_state.Add(host, RelayRole.Target, isTarget: true));
        }

        if (targets.Count == 0) return;
        _starts.Line(sources, targets);
        _starts.OpenWriter(now);
        _topologies.Start(now);
    }

    private void Opened(Node node, DateTimeOffset now)
    {
        _state.Move(node, RelayState.Up);
        _state.LastGain = now;
        _liveness.Watch(node, now);
        _state.Emit(new HostReady(now, node.Name, node.Role, now - node.OpeningSince));
        if (node.IsWriter) _failover.WriterIsUp(node);
        else _state.Seek(node);
    }

    private void Linked(Link link, DateTimeOffset now)
    {
        link.Child.LastHeard = _state.LastGain = now;
        _faults.Stands(link, now);
    }

    private void LinkLost(Link link, SyncInput.LinkLost lost, DateTimeOffset now)
    {
        link.Child.LastHeard = now;
        _faults.Lost(link, lost.Fault, lost.Message, now);
    }

    private void Lost(Node node, Failure failure, DateTimeOffset now)
    {
        bool wasWriter = node is { IsWriter: true, State: RelayState.Opening or RelayState.Up };
        _removal.Lost(node, failure, now);
        if (wasWriter) _failover.WriterLost(node, failure, now);
    }

    private void Progressed(Node node, SyncInput.Progressed told, DateTimeOffset now)
    {
        bool gained = told.Progress.Have > node.Have;
        _reports.Progressed(node, told, now);
        _liveness.NoteReport(node, gained, now);
        _liveness.NoteDisk(node, told.Stalled, now);
    }

    /// <summary>Gives up a relay that may still be running.</summary>
    private void Abandon(Node node, Failure failure, DateTimeOffset now)
    {
        Lost(node, failure, now);
        _state.Issue(new SyncCommand.Close(node.Name));
    }

    /// <summary>Handles a host that can't continue. A writer that can't continue counts as lost, although its relay still runs.</summary>
    private void Failed(Node node, SyncInput.Failed failed, DateTimeOffset now)
    {
        bool wasWriter = node is { IsWriter: true, IsUp: true };
        _removal.Failed(node, failed.Failure, failed.CanServe, now);
        if (wasWriter && node.IsExcluded) _failover.WriterLost(node, failed.Failure, now);
    }

    private void Stop(bool kill, DateTimeOffset now)
    {
        if (_killed || (_stopping && !kill)) return;
        (_stopping, _killed, _starts.IsStopped) = (true, kill, true);
        _state.Emit(new RunStopping(now, kill));
        var failure = new Failure(FailureKind.Interrupted, "the run ended before the host had everything");
        foreach (var node in _state.Nodes.Where(n => n.Outcome == Outcome.Open))
        {
            if (!node.HasBegun)
            {
                _state.Decide(node, Outcome.NotTried);
                if (node.IsUp) _removal.Leave(node);
                else _removal.Close(node);
            }
            else if (kill) _removal.Fail(node, failure, now);
        }
    }

    /// <summary>Whether the run is over. A dry run also waits until the further sources know what they lack.</summary>
    private bool IsOver() => _state.Undecided == 0 && !(_state.Policy.DryRun && !_stopping && _state.Nodes.Any(IsAwaitedMirror));

    private bool IsAwaitedMirror(Node node) =>
        node is { Role: RelayRole.Mirror, Need: null, State: RelayState.Opening or RelayState.Up } && _state.Writer is not null;

    private void Finish(DateTimeOffset now)
    {
        _finished = true;
        foreach (var node in _state.Nodes) _removal.Close(node);
        _state.Emit(new RunFinished(now, _state.Succeeded, _state.Failed, _state.NotTried, _stopping && _state.Failed + _state.NotTried > 0, now - _state.Started));
    }
}
