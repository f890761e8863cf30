namespace TreePush.Core.Syncing.Simulation;

/// <summary>What a simulated sync came to.</summary>
/// <param name="Duration">From the start to the end of the run, in the simulated clock.</param>
/// <param name="Delivered">When each host reported that it had everything.</param>
/// <param name="Received">Bytes that came to each host.</param>
/// <param name="Inputs">How many inputs the coordinator took.</param>
public sealed record SyncResult(
    TimeSpan Duration, int Succeeded, int Failed, int NotTried, bool Interrupted,
    IReadOnlyDictionary<HostName, TimeSpan> Delivered, IReadOnlyDictionary<HostName, long> Received, int Links, int Inputs);
