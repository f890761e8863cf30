namespace TreePush.Core.Pushing.Simulation;

/// <summary>One imagined host: its profile, and the transfers it is sending.</summary>
internal sealed class SimulatedHost
{
    public double Rate { get; init; }

    public bool IsDead { get; init; }

    public bool IsBadSource { get; init; }

    public bool IsUnreachable { get; init; }

    /// <summary>Transfers between this host and the nearest first source.</summary>
    public int Depth { get; set; }

    public List<SimulatedTransfer> Sending { get; } = [];
}
