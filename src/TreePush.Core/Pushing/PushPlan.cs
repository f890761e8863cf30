namespace TreePush.Core.Pushing;

/// <summary>A push before it starts. Targets that were served earlier serve others now.</summary>
public sealed record PushPlan(IReadOnlyList<Host> Sources, IReadOnlyList<Host> Targets, PushPolicy Policy) : RunPlan(Sources, Targets);
