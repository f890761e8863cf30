namespace TreePush.Core.Syncing;

/// <summary>The plan of a sync. The first source that answers writes the ledger; the other sources serve what they have in common with it.</summary>
public sealed record SyncPlan(IReadOnlyList<Host> Sources, IReadOnlyList<Host> Targets, SyncPolicy Policy) : RunPlan(Sources, Targets);
