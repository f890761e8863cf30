namespace TreePush.Core.Dispatching;

/// <summary>How an install command ended.</summary>
/// <param name="Failure">Null if it succeeded.</param>
public sealed record InstallOutcome(InstallEnd End, Failure? Failure);
