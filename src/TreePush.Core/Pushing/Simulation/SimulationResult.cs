namespace TreePush.Core.Pushing.Simulation;

/// <summary>The result of a simulated push.</summary>
/// <param name="Duration">The time from the first input to the last event, in simulated time.</param>
/// <param name="Rounds">For each depth of the tree, from 1: how many targets were served at that depth, and when the last of them was served.</param>
/// <param name="Opened">How many connections to sources were opened.</param>
public sealed record SimulationResult(
    TimeSpan Duration, int Succeeded, int Failed, int NotTried, int Transfers, int Opened, int MostAtOnce, int Slots, IReadOnlyList<SimulatedRound> Rounds);

/// <param name="Served">The targets served by sources of the previous depth.</param>
/// <param name="Until">When the last of them was served.</param>
public readonly record struct SimulatedRound(int Served, TimeSpan Until);
