namespace TreePush.Core.Broadcasting;

/// <summary>A child was moved away from a parent because it was slow.</summary>
/// <param name="Moved">The child.</param>
/// <param name="Rate">What it received there, in bytes a second.</param>
/// <param name="Since">When it was decided.</param>
internal sealed record Trial(Node Moved, double Rate, DateTimeOffset Since);
