namespace TreePush.Core.Hosts;

/// <summary>A host and the result of the probe of its ssh port.</summary>
public readonly record struct ProbedHost(HostName Host, PortState Port);
