namespace TreePush.Core.Hosts;

/// <summary>A host and what the probe of its ssh port has shown.</summary>
public readonly record struct ProbedHost(HostName Host, PortState Port);
