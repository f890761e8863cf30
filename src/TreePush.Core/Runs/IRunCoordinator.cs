namespace TreePush.Core.Runs;

/// <summary>
/// A run as a state machine: inputs in, commands and events out. It holds no clock and starts nothing; the Engine runs it
/// against real hosts, the simulation against imagined ones.
/// </summary>
public interface IRunCoordinator<in TInput, TCommand>
{
    /// <summary>Takes one input and says what it leads to. Inputs after the run has finished lead to nothing.</summary>
    /// <param name="now">The time; it never runs backwards from one call to the next.</param>
    RunStep<TCommand> Handle(TInput input, DateTimeOffset now);
}
