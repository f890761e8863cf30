namespace TreePush.Core.Runs.Simulation;

/// <summary>
/// Drives the coordinator of production in simulated time. A queue of (time, input) takes the place of the hosts and the clock;
/// each job has its own simulated hosts, which execute the commands. Equal seeds give equal runs.
/// </summary>
internal sealed class Simulation<TInput, TCommand>(IRunCoordinator<TInput, TCommand> coordinator, SimulationQueue queue)
{
    private static readonly TimeSpan ProbeAnswer = TimeSpan.FromMilliseconds(50), ProbeLimit = TimeSpan.FromSeconds(1);

    private RunFinished? _finished;

    /// <summary>Executes a command.</summary>
    public required Action<TCommand> Execute { get; init; }

    /// <summary>Called with each event.</summary>
    public required Action<RunEvent> Note { get; init; }

    /// <summary>Called with each step, its input and its time. It lets tests watch a run.</summary>
    public Action<TInput, RunStep<TCommand>, DateTimeOffset>? Watch { get; init; }

    /// <summary>Runs to the end.</summary>
    /// <param name="start">The first input.</param>
    /// <param name="script">Further inputs, each with its time after the start.</param>
    /// <exception cref="InvalidOperationException">The run does not end.</exception>
    public RunFinished Run(TInput start, IEnumerable<(TimeSpan At, TInput Input)> script)
    {
        queue.After(TimeSpan.Zero, () => Give(start));
        foreach (var (at, input) in script) queue.At(SimulationQueue.Epoch + at, () => Give(input));
        while (_finished is null && queue.Next()) { }
        return _finished ?? throw new InvalidOperationException("The run stopped without an end: nothing is left to happen.");
    }

    /// <summary>Gives the coordinator an input at the current simulated time.</summary>
    public void Give(TInput input)
    {
        if (_finished is not null) return;
        var step = coordinator.Handle(input, queue.Now);
        Watch?.Invoke(input, step, queue.Now);
        foreach (var happened in step.Events)
        {
            _finished ??= happened as RunFinished;
            Note(happened);
        }

        foreach (var command in step.Commands) Execute(command);
    }

    /// <summary>Answers a probe of ssh ports as the Engine would.</summary>
    public void Probe(IEnumerable<Host> hosts, Predicate<Host> isDown, Func<IReadOnlyList<ProbedHost>, TInput> probed)
    {
        var down = hosts.ToLookup(h => isDown(h));
        queue.After(ProbeAnswer, () => Give(probed([.. down[false].Select(h => new ProbedHost(h.Name, PortState.Answered))])));
        queue.After(ProbeLimit, () => Give(probed([.. down[true].Select(h => new ProbedHost(h.Name, PortState.Silent))])));
    }
}
