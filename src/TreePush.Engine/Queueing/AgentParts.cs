namespace TreePush.Engine.Queueing;

/// <summary>What the works of one agent share.</summary>
/// <param name="Slots">One for each file that may be pulled at the same time.</param>
internal sealed record AgentParts(StoreLink Link, AgentReporter Reporter, PathPolicy Paths, FileHashes Hashes, SemaphoreSlim Slots, ClaimedPull Pulls);
