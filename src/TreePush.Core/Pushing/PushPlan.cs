namespace TreePush.Core.Pushing;

/// <summary>The plan of a push. Targets that an earlier part of the run served are sources now.</summary>
public sealed record PushPlan(IReadOnlyList<Host> Sources, IReadOnlyList<Host> Targets, PushPolicy Policy) : RunPlan(Sources, Targets);
