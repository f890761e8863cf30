using TreePush.Core.Pushing;

namespace TreePush.Core.Broadcasting;

/// <summary>What one input led to.</summary>
/// <param name="Finished">The run is over: nothing is under way and nothing will be started.</param>
public sealed record BroadcastStep(IReadOnlyList<BroadcastCommand> Commands, IReadOnlyList<RunEvent> Events, bool Finished);
