namespace TreePush.Core.Syncing.Simulation;

/// <summary>The result of a simulated sync.</summary>
/// <param name="Duration">The time from the start to the end of the run, in simulated time.</param>
/// <param name="Delivered">When each host reported that it had everything.</param>
/// <param name="Received">The bytes that each host received.</param>
/// <param name="Inputs">The number of inputs that the coordinator handled.</param>
public sealed record SyncResult(
    TimeSpan Duration, int Succeeded, int Failed, int NotTried, bool Interrupted,
    IReadOnlyDictionary<HostName, TimeSpan> Delivered, IReadOnlyDictionary<HostName, long> Received, int Links, int Inputs);
