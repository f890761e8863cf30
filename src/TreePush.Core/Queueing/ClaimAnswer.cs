namespace TreePush.Core.Queueing;

/// <summary>The answer to a request for a source.</summary>
/// <param name="Claim">Where it is granted.</param>
/// <param name="NotBefore">Where the host is to try later; where it pulls already, the end of its lease.</param>
/// <param name="Reason">Where the host is given up: what its last attempt failed of.</param>
public sealed record ClaimAnswer(ClaimResult Result, Claim? Claim = null, DateTimeOffset? NotBefore = null, string? Reason = null);
