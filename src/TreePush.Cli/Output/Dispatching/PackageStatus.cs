namespace TreePush.Cli.Output.Dispatching;

/// <summary>A package as <c>status --json</c> shows it.</summary>
internal sealed record PackageStatus(string Package, string Name, string State, string Rule, long Size, string Sha256, DateTimeOffset Arrived, IReadOnlyList<HostStatus> Hosts);

/// <summary>A package at one of its hosts.</summary>
internal sealed record HostStatus(string Host, string State, DateTimeOffset Since, int Attempts, string? File, string? Failure, string? Hint);
