namespace TreePush.Core.Pushing;

/// <summary>What one input led to.</summary>
/// <param name="Finished">The run is over: nothing is under way and nothing will be started.</param>
public sealed record PushStep(IReadOnlyList<PushCommand> Commands, IReadOnlyList<RunEvent> Events, bool Finished);
