using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Core.Broadcasting.Simulation;

/// <summary>
/// Runs the very <see cref="BroadcastCoordinator"/> that production runs through imagined time: imagined relays take its
/// commands, pass pieces on, and report. Equal seeds give equal runs.
/// </summary>
public sealed class BroadcastSimulation
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private readonly BroadcastPlan _plan;
    private readonly BroadcastCoordinator _coordinator;
    private readonly SimulatedRelays _relays;
    private readonly Agenda _agenda = new(Epoch);
    private readonly Dictionary<HostName, TimeSpan> _delivered = [];
    private int _links, _inputs;
    private RunFinished? _finished;

    public BroadcastSimulation(BroadcastPlan plan, SimulatedFleet fleet)
    {
        _plan = plan;
        _coordinator = new BroadcastCoordinator(plan);
        _relays = new SimulatedRelays(plan, fleet, _agenda, Give);
    }

    /// <summary>Called with each step, its input and its time; for tests that watch a run.</summary>
    public Action<BroadcastInput, BroadcastStep, DateTimeOffset>? Watch { get; init; }

    /// <summary>Things that happen from outside, each at its time after the start.</summary>
    public IReadOnlyList<(TimeSpan At, BroadcastInput Input)> Script { get; init; } = [];

    public BroadcastResult Run()
    {
        _agenda.At(Epoch, () => Give(new BroadcastInput.Start()));
        foreach (var (at, input) in Script) _agenda.At(Epoch + at, () => Give(input));
        _relays.Begin();
        while (_finished is null && _agenda.Next()) { }
        if (_finished is null) throw new InvalidOperationException("The run stopped without an end: nothing is left to happen.");
        return new BroadcastResult(_finished.Took, _finished.Succeeded, _finished.Failed, _finished.NotTried, _finished.Interrupted,
            _delivered, _relays.Received(), _links, _inputs);
    }

    private void Give(BroadcastInput input)
    {
        if (_finished is not null) return;
        _inputs++;
        var step = _coordinator.Handle(input, _agenda.Now);
        Watch?.Invoke(input, step, _agenda.Now);
        foreach (var happened in step.Events)
        {
            if (happened is TargetDelivered delivered) _delivered[delivered.Target] = _agenda.Now - Epoch;
            else if (happened is HostLinked) _links++;
            else if (happened is RunFinished finished) _finished = finished;
        }

        foreach (var command in step.Commands)
        {
            if (command is BroadcastCommand.WakeAt wake) _agenda.At(wake.Time, () => Give(new BroadcastInput.Woken()));
            else _relays.Obey(command);
        }
    }
}
