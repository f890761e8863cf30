namespace TreePush.Core.Syncing.Stragglers;

/// <summary>The move of a child away from its parent because the link was slow.</summary>
/// <param name="Moved">The child that was moved.</param>
/// <param name="Rate">The rate at which the child received from that parent, in bytes per second.</param>
/// <param name="Since">When the move was decided.</param>
/// <param name="Promised">The rate that bursts alone promised, in bytes per second; null if the parent's own rate was the evidence.</param>
internal sealed record Trial(Node Moved, double Rate, DateTimeOffset Since, double? Promised);
