namespace TreePush.Core.Pushing.Simulation;

/// <summary>What a simulated run came to.</summary>
/// <param name="Duration">From the first input to the last event, in the simulated clock.</param>
/// <param name="Rounds">For each depth of the tree from 1: how many targets were served at that depth, and when the last of them was.</param>
/// <param name="Opened">How many connections to sources were made.</param>
public sealed record SimulationResult(
    TimeSpan Duration, int Succeeded, int Failed, int NotTried, int Transfers, int Opened, int MostAtOnce, int Slots, IReadOnlyList<SimulatedRound> Rounds);

/// <param name="Served">Targets served by sources of the depth before.</param>
/// <param name="Until">When the last of them was served.</param>
public readonly record struct SimulatedRound(int Served, TimeSpan Until);
