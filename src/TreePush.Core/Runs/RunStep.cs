namespace TreePush.Core.Runs;

/// <summary>What one input led to.</summary>
/// <param name="Finished">The run is over: nothing is under way and nothing will be started.</param>
public sealed record RunStep<TCommand>(IReadOnlyList<TCommand> Commands, IReadOnlyList<RunEvent> Events, bool Finished);
