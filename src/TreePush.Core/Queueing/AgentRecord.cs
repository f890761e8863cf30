namespace TreePush.Core.Queueing;

/// <summary>An agent that is known.</summary>
/// <param name="Seen">When it last reported.</param>
public sealed record AgentRecord(string Name, string? Zone, string Version, DateTimeOffset Seen);
