using TreePush.Core.Hosts;

namespace TreePush.Core.Pushing.Simulation;

/// <summary>
/// Runs the very <see cref="PushCoordinator"/> that production runs through imagined time: a queue of (time, input) takes
/// the place of hosts and clock. Equal seeds give equal runs.
/// </summary>
public sealed class PushSimulation
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private readonly SimulatedNetwork _network;
    private readonly PushPlan _plan;
    private readonly Random _random;
    private readonly PushCoordinator _coordinator;
    private readonly Dictionary<HostName, SimulatedHost> _hosts = [];
    private readonly Dictionary<int, SimulatedTransfer> _transfers = [];
    private readonly PriorityQueue<Action, (DateTimeOffset Time, long Order)> _agenda = new();
    private readonly List<SimulatedRound> _rounds = [];
    private DateTimeOffset _now = Epoch;
    private long _order;
    private int _started, _opened, _slots, _mostAtOnce;
    private RunFinished? _finished;

    public PushSimulation(PushPlan plan, SimulatedNetwork network)
    {
        (_plan, _network) = (plan, network);
        _random = new Random(network.Seed);
        _coordinator = new PushCoordinator(plan);
        _slots = plan.Policy.Slots ?? 1;
        foreach (var source in plan.Sources) _hosts[source.Name] = new SimulatedHost { Rate = network.Rate };
        foreach (var target in plan.Targets) _hosts.TryAdd(target.Name, Imagine());
    }

    /// <summary>Called with each step, its input and its time; for tests that watch a run.</summary>
    public Action<PushInput, PushStep, DateTimeOffset>? Watch { get; init; }

    /// <summary>Things that happen from outside, each at its time after the start.</summary>
    public IReadOnlyList<(TimeSpan At, PushInput Input)> Script { get; init; } = [];

    public SimulationResult Run()
    {
        At(_now, () => Give(new PushInput.Start()));
        foreach (var (at, input) in Script) At(Epoch + at, () => Give(input));
        while (_finished is null && _agenda.TryDequeue(out var action, out var due))
        {
            _now = due.Time;
            action();
        }

        if (_finished is null) throw new InvalidOperationException("The run stopped without an end: nothing is left to happen.");
        return new SimulationResult(_finished.Took, _finished.Succeeded, _finished.Failed, _finished.NotTried,
            _started, _opened, _mostAtOnce, _slots, _rounds);
    }

    private SimulatedHost Imagine() => new()
    {
        Rate = Chance(_network.SlowHosts) ? _network.Rate / 10 : _network.Rate,
        IsDead = Chance(_network.DeadTargets),
        IsBadSource = Chance(_network.BadSources),
        IsUnreachable = Chance(_network.UnreachableSources),
    };

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private void At(DateTimeOffset time, Action action) => _agenda.Enqueue(action, (time, _order++));

    private void Give(PushInput input)
    {
        var step = _coordinator.Handle(input, _now);
        Watch?.Invoke(input, step, _now);
        foreach (var happened in step.Events) Note(happened);
        foreach (var command in step.Commands) Obey(command);
    }

    private void Note(RunEvent happened)
    {
        switch (happened)
        {
            case TransferSucceeded s: NoteServed(s.Source, s.Target); break;
            case SlotsChanged slots: _slots = slots.Slots; break;
            case RunFinished finished: _finished = finished; break;
        }
    }

    private void NoteServed(HostName source, HostName target)
    {
        int depth = _hosts[source].Depth + 1;
        _hosts[target].Depth = depth;
        while (_rounds.Count < depth) _rounds.Add(default);
        _rounds[depth - 1] = new SimulatedRound(_rounds[depth - 1].Served + 1, _now - Epoch);
    }

    private void Obey(PushCommand command)
    {
        switch (command)
        {
            case PushCommand.Probe probe: Probe(probe.Hosts); break;
            case PushCommand.OpenSource open: Open(open.Source); break;
            case PushCommand.StartTransfer start: Begin(start.Transfer); break;
            case PushCommand.KillTransfer kill: At(_now, () => End(kill.Transfer, new Failure(FailureKind.Interrupted, "interrupted"))); break;
            case PushCommand.WakeAt wake: At(wake.Time, () => Give(new PushInput.Woken())); break;
        }
    }

    private void Probe(IReadOnlyList<Host> hosts)
    {
        ProbedHost[] answered = [.. hosts.Where(h => !_hosts[h.Name].IsDead).Select(h => new ProbedHost(h.Name, PortState.Answered))];
        ProbedHost[] silent = [.. hosts.Where(h => _hosts[h.Name].IsDead).Select(h => new ProbedHost(h.Name, PortState.Silent))];
        At(_now + TimeSpan.FromMilliseconds(50), () => Give(new PushInput.Probed(answered)));
        At(_now + TimeSpan.FromSeconds(1), () => Give(new PushInput.Probed(silent)));
    }

    private void Open(Host source)
    {
        _opened++;
        bool fails = _hosts[source.Name].IsUnreachable;
        var took = source.IsLocal ? TimeSpan.Zero : _network.Opening * (0.8 + (0.4 * _random.NextDouble()));
        PushInput answer = fails
            ? new PushInput.SourceLost(source.Name, new Failure(FailureKind.SourceUnreachable, "unreachable"))
            : new PushInput.SourceOpened(source.Name);
        At(_now + took, () => Give(answer));
    }

    private void Begin(Transfer transfer)
    {
        _started++;
        _mostAtOnce = Math.Max(_mostAtOnce, _started - _ended);
        var (source, target) = (_hosts[transfer.Source.Name], _hosts[transfer.Target.Name]);
        double limit = Math.Min(target.Rate, _network.StreamRate);
        if (transfer.CrossesZones) limit = Math.Min(limit, _network.CrossingRate);
        var simulated = new SimulatedTransfer(transfer, limit, _network.Bytes);
        _transfers.Add(transfer.Id, simulated);
        if (target.IsDead)
            At(_now + _network.FailureTime, () => End(transfer.Id, new Failure(FailureKind.TargetUnreachable, "no route to host", null, 255)));
        else if (source.IsBadSource)
            At(_now + _network.FailureTime, () => End(transfer.Id, new Failure(FailureKind.CommandFailed, "failed", null, 1)));
        else if (_network.HostsTrustNobody && !_plan.Sources.Contains(transfer.Source))
            At(_now + _network.Login, () => End(transfer.Id, new Failure(FailureKind.TargetAuthentication, "permission denied")));
        else if (Chance(_network.Flapping))
            At(_now + _network.Login, () => End(transfer.Id, new Failure(FailureKind.ConnectionLost, "lost")));
        else
            At(_now + _network.Login, () => Flow(source, simulated));
    }

    private int _ended;

    private void Flow(SimulatedHost source, SimulatedTransfer transfer)
    {
        if (!_transfers.ContainsKey(transfer.Transfer.Id)) return;
        source.Sending.Add(transfer);
        Share(source);
    }

    /// <summary>Gives each of a source's transfers its part of the link, and foretells their ends anew.</summary>
    private void Share(SimulatedHost source)
    {
        foreach (var transfer in source.Sending)
        {
            double rate = source.Rate / source.Sending.Count;
            var end = transfer.SetRate(rate, _now);
            int version = transfer.Version;
            At(end, () =>
            {
                if (transfer.Version == version) End(transfer.Transfer.Id, null);
            });
        }
    }

    private void End(int id, Failure? failure)
    {
        if (!_transfers.Remove(id, out var transfer)) return;
        _ended++;
        var source = _hosts[transfer.Transfer.Source.Name];
        if (source.Sending.Remove(transfer)) Share(source);
        Give(new PushInput.TransferEnded(id, failure));
    }
}
