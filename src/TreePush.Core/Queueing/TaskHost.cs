namespace TreePush.Core.Queueing;

/// <summary>What a task knows of one host.</summary>
/// <param name="Source">Whom it pulls or has pulled from; null for a host that had the file.</param>
/// <param name="Attempts">Failed ones, and the running one.</param>
/// <param name="Since">When the current or last attempt began.</param>
/// <param name="Ended">When it finished or was given up.</param>
/// <param name="Reason">Why its last attempt failed.</param>
/// <param name="Serving">How many hosts pull from it.</param>
public sealed record TaskHost(
    string Name, string? Zone, HostProgress Progress, string? Source, int Attempts, DateTimeOffset? Since, DateTimeOffset? Ended, string? Reason, int Serving);
