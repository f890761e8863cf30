namespace TreePush.Core.Syncing;

/// <summary>A sync before it starts. The first source that answers writes the ledger; the others serve what they have in common with it.</summary>
public sealed record SyncPlan(IReadOnlyList<Host> Sources, IReadOnlyList<Host> Targets, SyncPolicy Policy) : RunPlan(Sources, Targets);
