namespace TreePush.Engine.Syncing;

/// <summary>Ports from the first to the last, both included.</summary>
public readonly record struct PortRange(int First, int Last);
