using TreePush.Core.Runs.Simulation;

namespace TreePush.Core.Pushing.Simulation;

/// <summary>A push in simulated time; see <see cref="Simulation{TInput, TCommand}"/>.</summary>
public sealed class PushSimulation
{
    private readonly SimulatedNetwork _network;
    private readonly PushPlan _plan;
    private readonly Random _random;
    private readonly Dictionary<HostName, SimulatedHost> _hosts = [];
    private readonly Dictionary<int, SimulatedTransfer> _transfers = [];
    private readonly SimulationQueue _queue = new();
    private readonly List<SimulatedRound> _rounds = [];
    private Simulation<PushInput, PushCommand>? _simulation;
    private int _started, _ended, _opened, _slots, _mostAtOnce;

    public PushSimulation(PushPlan plan, SimulatedNetwork network)
    {
        (_plan, _network) = (plan, network);
        _random = new Random(network.Seed);
        _slots = plan.Policy.Slots ?? 1;
        foreach (var source in plan.Sources) _hosts[source.Name] = new SimulatedHost { Rate = network.Rate };
        foreach (var target in plan.Targets) _hosts.TryAdd(target.Name, Imagine());
    }

    /// <inheritdoc cref="Simulation{TInput, TCommand}.Watch"/>
    public Action<PushInput, RunStep<PushCommand>, DateTimeOffset>? Watch { get; init; }

    /// <summary>Further inputs, each with its time after the start.</summary>
    public IReadOnlyList<(TimeSpan At, PushInput Input)> Script { get; init; } = [];

    public SimulationResult Run()
    {
        _simulation = new(new PushCoordinator(_plan), _queue) { Execute = Execute, Note = Note, Watch = Watch };
        var finished = _simulation.Run(new PushInput.Start(), Script);
        return new SimulationResult(finished.Took, finished.Succeeded, finished.Failed, finished.NotTried, _started, _opened, _mostAtOnce, _slots, _rounds);
    }

    private SimulatedHost Imagine() => new()
    {
        Rate = Chance(_network.SlowHosts) ? _network.Rate / 10 : _network.Rate,
        IsDead = Chance(_network.DeadTargets),
        IsBadSource = Chance(_network.BadSources),
        IsUnreachable = Chance(_network.UnreachableSources),
    };

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private void At(DateTimeOffset time, Action action) => _queue.At(time, action);

    private void After(TimeSpan delay, Action action) => _queue.After(delay, action);

    private void Give(PushInput input) => _simulation!.Give(input);

    private void Note(RunEvent happened)
    {
        switch (happened)
        {
            case TransferSucceeded s: NoteServed(s.Source, s.Target); break;
            case SlotsChanged slots: _slots = slots.Slots; break;
        }
    }

    private void NoteServed(HostName source, HostName target)
    {
        int depth = _hosts[source].Depth + 1;
        _hosts[target].Depth = depth;
        while (_rounds.Count < depth) _rounds.Add(default);
        _rounds[depth - 1] = new SimulatedRound(_rounds[depth - 1].Served + 1, _queue.Now - SimulationQueue.Epoch);
    }

    private void Execute(PushCommand command)
    {
        switch (command)
        {
            case PushCommand.Probe probe: _simulation!.Probe(probe.Hosts, h => _hosts[h.Name].IsDead, hosts => new PushInput.Probed(hosts)); break;
            case PushCommand.OpenSource open: Open(open.Source); break;
            case PushCommand.StartTransfer start: Begin(start.Transfer); break;
            case PushCommand.KillTransfer kill: After(TimeSpan.Zero, () => End(kill.Transfer, new Failure(FailureKind.Interrupted, "interrupted"))); break;
            case PushCommand.WakeAt wake: At(wake.Time, () => Give(new PushInput.Woken())); break;
        }
    }

    private void Open(Host source)
    {
        _opened++;
        bool fails = _hosts[source.Name].IsUnreachable;
        var took = source.IsLocal ? TimeSpan.Zero : _network.Opening * (0.8 + (0.4 * _random.NextDouble()));
        PushInput answer = fails
            ? new PushInput.SourceLost(source.Name, new Failure(FailureKind.HostUnreachable, "unreachable"))
            : new PushInput.SourceOpened(source.Name);
        After(took, () => Give(answer));
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
            After(_network.FailureTime, () => End(transfer.Id, new Failure(FailureKind.TargetUnreachable, "no route to host", null, 255)));
        else if (source.IsBadSource)
            After(_network.FailureTime, () => End(transfer.Id, new Failure(FailureKind.CommandFailed, "failed", null, 1)));
        else if (_network.HostsTrustNobody && !_plan.Sources.Contains(transfer.Source))
            After(_network.Login, () => End(transfer.Id, new Failure(FailureKind.TargetAuthentication, "permission denied")));
        else if (Chance(_network.Flapping))
            After(_network.Login, () => End(transfer.Id, new Failure(FailureKind.ConnectionLost, "lost")));
        else
            After(_network.Login, () => Flow(source, simulated));
    }

    private void Flow(SimulatedHost source, SimulatedTransfer transfer)
    {
        if (!_transfers.ContainsKey(transfer.Transfer.Id)) return;
        source.Sending.Add(transfer);
        Share(source);
    }

    /// <summary>Divides the source's link among its transfers, and schedules their ends anew.</summary>
    private void Share(SimulatedHost source)
    {
        foreach (var transfer in source.Sending)
        {
            double rate = source.Rate / source.Sending.Count;
            var end = transfer.SetRate(rate, _queue.Now);
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
