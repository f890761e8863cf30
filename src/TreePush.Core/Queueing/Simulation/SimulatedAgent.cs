namespace TreePush.Core.Queueing.Simulation;

/// <summary>An agent in simulated time.</summary>
internal sealed class SimulatedAgent(string name, string zone)
{
    public string Name { get; } = name;

    public string Zone { get; } = zone;

    public bool IsDead { get; set; }

    /// <summary>Whether a message reaches it: it has nothing else to do.</summary>
    public bool IsWaiting { get; set; }

    public bool HasFinished { get; set; }

    /// <summary>Counts what it was about to do. A plan of an older number is void.</summary>
    public int Plan { get; set; }

    /// <summary>The ends of the leases that were granted on it, as a bystander notes them.</summary>
    public Dictionary<string, DateTimeOffset> Leases { get; } = [];
}
