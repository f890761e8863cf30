namespace TreePush.Core.Queueing;

/// <summary>Why a transfer to an agent failed.</summary>
/// <param name="Of">Who is suspected.</param>
public sealed record PullFault(Failure Failure, FaultOf Of);
