namespace TreePush.Core.Queueing.Simulation;

/// <summary>How a simulated task ended.</summary>
/// <param name="Took">Until the last host that lives had finished.</param>
/// <param name="Died">Agents that died.</param>
/// <param name="Stale">Attempts that were no longer the host's when it ended them.</param>
/// <param name="Waiters">Who is still noted as waiting.</param>
/// <param name="View">The task when all leases are over.</param>
public sealed record QueueResult(TimeSpan Took, IReadOnlyList<string> Died, int Stale, IReadOnlyList<string> Waiters, TaskView View);
