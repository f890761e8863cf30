namespace TreePush.Core.Pushing;

/// <summary>The state machine of a push.</summary>
public sealed class PushCoordinator : IRunCoordinator<PushInput, PushCommand>
{
    private readonly PushPlan _plan;
    private readonly PushState _state;
    private readonly TransferScheduler _scheduler;
    private readonly FaultAttribution _faults;
    private readonly SlotTuner? _tuner;
    private readonly Dictionary<HostName, Target> _targets = [];
    private int _succeeded;
    private bool _paused, _stopping, _interrupted, _exhausted, _finished;

    public PushCoordinator(PushPlan plan)
    {
        _plan = plan;
        _state = new PushState(plan.Policy);
        _scheduler = new TransferScheduler(_state);
        _faults = new FaultAttribution(_state);
        if (plan.Policy.Slots is null) _tuner = new SlotTuner(_state, _scheduler);
    }

    /// <inheritdoc/>
    public RunStep<PushCommand> Handle(PushInput input, DateTimeOffset now)
    {
        if (_finished) return new RunStep<PushCommand>([], [], Finished: true);
        Apply(input, now);
        foreach (object who in _state.TakeDue(now).ToList()) Due(who, now);
        if (!_paused && !_stopping)
        {
            _state.Admit();
            do
            {
                _scheduler.Assign(now);
                _tuner?.Probe(now);
            }
            while (_state.Admit());
        }

        if (IsOver()) Finish(now);
        else _state.SetAlarm();
        return _state.TakeStep(_finished);
    }

    private void Apply(PushInput input, DateTimeOffset now)
    {
        switch (input)
        {
            case PushInput.Start: Start(now); break;
            case PushInput.Probed probed: Probed(probed.Hosts); break;
            case PushInput.SourceOpened opened: SourceOpened(_state.Pool[opened.Source], now); break;
            case PushInput.SourceLost lost: SourceLost(_state.Pool[lost.Source], lost.Failure, now); break;
            case PushInput.TransferEnded ended: TransferEnded(ended, now); break;
            case PushInput.Pause: SetPaused(true, now); break;
            case PushInput.Continue: SetPaused(false, now); break;
            case PushInput.Reconnect reconnect: Reconnect(reconnect.OnlySlow, now); break;
            case PushInput.Stop stop: Stop(stop.Kill, now); break;
            case PushInput.Woken: break;
        }
    }

    private void Start(DateTimeOffset now)
    {
        _state.Started = now;
        _state.Emit(_plan.Started(JobKind.Push, dryRun: false, now));
        foreach (var source in _plan.Sources.DistinctBy(s => s.Name)) _state.AddSource(source, isFirst: true);
        var probed = new List<Host>();
        foreach (var host in _plan.Targets.DistinctBy(t => t.Name))
        {
            if (_state.Pool.Contains(host.Name))
            {
                _succeeded++;
                _state.Emit(new TargetSkipped(now, host.Name));
            }
            else if (_plan.Served.Contains(host.Name))
            {
                _succeeded++;
                _state.AddSource(host, isFirst: false);
            }
            else
            {
                var zone = _state.Zones.Of(host.Placement.Zone);
                var target = new Target(host, zone);
                _targets.Add(host.Name, target);
                if (_plan.Policy.Probe && !host.IsLocal)
                {
                    _state.Probed.Add(host.Name, target);
                    probed.Add(host);
                }
                else _state.Zones.Change(zone, z => z.Enqueue(target));
            }
        }

        if (probed.Count > 0) _state.Issue(new PushCommand.Probe(probed));
    }

    private void Probed(IReadOnlyList<ProbedHost> hosts)
    {
        foreach (var host in hosts)
            if (_state.Probed.Note(host)) _targets[host.Host].Port = host.Port;
    }

    private void SourceOpened(Source source, DateTimeOffset now)
    {
        if (source.State != SourceState.Opening) return;
        var took = now - source.OpeningSince;
        if (!source.Host.IsLocal) _state.Times.AddOpening(took);
        _state.EndOpening(source);
        source.IsConnected = true;
        _state.Move(source, SourceState.Open);
        _state.Emit(new SourceReady(now, source.Name, took));
    }

    private void SourceLost(Source source, Failure failure, DateTimeOffset now)
    {
        source.IsConnected = false;
        _faults.SourceLost(source, failure, now);
    }

    private void TransferEnded(PushInput.TransferEnded ended, DateTimeOffset now)
    {
        if (!_state.Running.TryGetValue(ended.Transfer, out var running)) return;
        _tuner?.Ended(running, ended.Failure is null, now);
        if (ended.Failure is { } failure)
        {
            _faults.Failed(running, failure, now);
            return;
        }

        _succeeded++;
        _faults.Succeeded(running, now);
    }

    private void Due(object who, DateTimeOffset now)
    {
        switch (who)
        {
            case Target target: _state.Retries.Enqueue(target); break;
            case Source source: _faults.Restore(source, now); break;
            case Zone zone: _state.Zones.Touch(zone); break;
            case SlotTuner: break; // The tuner checks the time in each step.
        }
    }

    private void SetPaused(bool paused, DateTimeOffset now)
    {
        if (_paused == paused) return;
        _paused = paused;
        _state.Emit(paused ? new RunPaused(now) : new RunContinued(now));
    }

    /// <summary>Sends transfers back to the queue. A transfer is slow if it crosses zones, or has taken more than three times the mean.</summary>
    private void Reconnect(bool onlySlow, DateTimeOffset now)
    {
        var limit = 3 * (_state.Times.Transfer ?? TimeSpan.MaxValue / 3);
        foreach (var running in _state.Running.Values.OrderBy(r => r.Transfer.Id))
        {
            if (running.IsReturned || (onlySlow && !running.Transfer.CrossesZones && now - running.Started <= limit)) continue;
            running.IsReturned = true;
            _state.Issue(new PushCommand.KillTransfer(running.Transfer.Id));
        }
    }

    private void Stop(bool kill, DateTimeOffset now)
    {
        _stopping = _interrupted = true;
        _state.Emit(new RunStopping(now, kill));
        if (!kill) return;
        foreach (int id in _state.Running.Keys.Order())
        {
            _state.Running[id].IsReturned = false;
            _state.Issue(new PushCommand.KillTransfer(id));
        }
    }

    private bool IsOver()
    {
        if (_state.Running.Count > 0) return false;
        if (_stopping) return true;
        bool waits = _state.Zones.Waiting > 0 || !_state.Probed.IsEmpty || _state.Retries.Count > 0;
        if (!waits) return !_state.AwaitsTargets;
        if (_paused || _state.Probed.IsPending || _state.Pool.Opening > 0 || _state.AwaitsSomeone) return false;
        return _exhausted = true;
    }

    private void Finish(DateTimeOffset now)
    {
        _finished = true;
        // A target that has failed at least once counts as failed; the others count as not tried.
        foreach (var target in _targets.Values.Where(t => t is { State: not TargetState.Failed, LastFailure: not null }))
        {
            target.State = TargetState.Failed;
            _state.Emit(new TargetFailed(now, target.Name, target.LastSource, target.Attempts, now - _state.Started, target.LastFailure!));
        }

        int failed = _targets.Values.Count(t => t.State == TargetState.Failed);
        int notTried = _targets.Values.Count(t => t.State == TargetState.Waiting);
        if (_exhausted) _state.Emit(new SourcesExhausted(now, notTried));
        _state.Emit(new RunFinished(now, _succeeded, failed, notTried, _interrupted && failed + notTried > 0, now - _state.Started));
    }
}
