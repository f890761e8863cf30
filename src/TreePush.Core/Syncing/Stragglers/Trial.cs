namespace TreePush.Core.Syncing.Stragglers;

/// <summary>A child was moved away from a parent because it was slow.</summary>
/// <param name="Moved">The child.</param>
/// <param name="Rate">What it received there, in bytes a second.</param>
/// <param name="Since">When it was decided.</param>
/// <param name="Promised">What bursts alone told to be possible, in bytes a second; null where its parent's own rate did.</param>
internal sealed record Trial(Node Moved, double Rate, DateTimeOffset Since, double? Promised);
