namespace TreePush.Core.Broadcasting;

/// <summary>What the user decided about a broadcast, and the times that its decisions go by.</summary>
public sealed record BroadcastPolicy
{
    public Topology Topology { get; init; } = Topology.Auto;

    /// <summary>Only find out what each host would receive and lose.</summary>
    public bool DryRun { get; init; }

    /// <summary>What a host may send at most, in bytes a second: of nobody is more expected, whatever the links could do.</summary>
    public double MostRate { get; init; } = double.PositiveInfinity;

    /// <summary>How many relays may be starting at once.</summary>
    public int MaxOpening { get; init; } = 32;

    /// <summary>A relay that says nothing for this long is taken for dead.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(12);
}
