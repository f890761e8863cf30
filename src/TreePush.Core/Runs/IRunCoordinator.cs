namespace TreePush.Core.Runs;

/// <summary>
/// A run as a state machine: inputs in, commands and events out. It reads no clock and starts nothing. The Engine drives it
/// against real hosts, the simulation against simulated ones.
/// </summary>
public interface IRunCoordinator<in TInput, TCommand>
{
    /// <summary>Handles one input and returns the commands and events that follow from it. Inputs after the end of the run have no effect.</summary>
    /// <param name="now">The current time; it never decreases from one call to the next.</param>
    RunStep<TCommand> Handle(TInput input, DateTimeOffset now);
}
