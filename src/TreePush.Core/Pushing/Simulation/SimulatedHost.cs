namespace TreePush.Core.Pushing.Simulation;

/// <summary>A simulated host: its properties, and the transfers that it sends.</summary>
internal sealed class SimulatedHost
{
    public double Rate { get; init; }

    public bool IsDead { get; init; }

    public bool IsBadSource { get; init; }

    public bool IsUnreachable { get; init; }

    /// <summary>The number of transfers between this host and the given source that its files come from.</summary>
    public int Depth { get; set; }

    public List<SimulatedTransfer> Sending { get; } = [];
}
