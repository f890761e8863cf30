using TreePush.Core.Runs.Simulation;

namespace TreePush.Core.Syncing.Simulation;

/// <summary>
/// A sync in simulated time; see <see cref="Simulation{TInput, TCommand}"/>. Simulated relays execute the commands, pass pieces
/// on, and report.
/// </summary>
public sealed class SyncSimulation(SyncPlan plan, SimulatedFleet fleet)
{
    private readonly SimulationQueue _queue = new();
    private readonly Dictionary<HostName, TimeSpan> _delivered = [];
    private int _links, _inputs;

    /// <inheritdoc cref="Simulation{TInput, TCommand}.Watch"/>
    public Action<SyncInput, RunStep<SyncCommand>, DateTimeOffset>? Watch { get; init; }

    /// <summary>Further inputs, each with its time after the start.</summary>
    public IReadOnlyList<(TimeSpan At, SyncInput Input)> Script { get; init; } = [];

    public SyncResult Run()
    {
        Simulation<SyncInput, SyncCommand>? simulation = null;
        var relays = new SimulatedRelays(plan, fleet, _queue, input => simulation!.Give(input));
        simulation = new(new SyncCoordinator(plan), _queue)
        {
            Note = Note,
            Watch = (input, step, now) =>
            {
                _inputs++;
                Watch?.Invoke(input, step, now);
            },
            Execute = command => Execute(command, simulation!, relays),
        };
        relays.Begin();
        var finished = simulation.Run(new SyncInput.Start(), Script);
        return new SyncResult(finished.Took, finished.Succeeded, finished.Failed, finished.NotTried, finished.Interrupted, _delivered, relays.Received(), _links, _inputs);
    }

    private void Note(RunEvent happened)
    {
        if (happened is TargetServed served) _delivered[served.Target] = _queue.Now - SimulationQueue.Epoch;
        else if (happened is HostLinked) _links++;
    }

    private void Execute(SyncCommand command, Simulation<SyncInput, SyncCommand> simulation, SimulatedRelays relays)
    {
        switch (command)
        {
            case SyncCommand.WakeAt wake: _queue.At(wake.Time, () => simulation.Give(new SyncInput.Woken())); break;
            case SyncCommand.Probe probe: simulation.Probe(probe.Hosts, relays.IsDown, hosts => new SyncInput.Probed(hosts)); break;
            default: relays.Execute(command); break;
        }
    }
}
