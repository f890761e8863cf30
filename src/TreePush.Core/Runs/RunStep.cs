namespace TreePush.Core.Runs;

/// <summary>The result of one input.</summary>
/// <param name="Finished">Whether the run is over: nothing is running, and nothing will be started.</param>
public sealed record RunStep<TCommand>(IReadOnlyList<TCommand> Commands, IReadOnlyList<RunEvent> Events, bool Finished);
