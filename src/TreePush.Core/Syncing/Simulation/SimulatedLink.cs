namespace TreePush.Core.Syncing.Simulation;

/// <summary>A link between two simulated relays. It is up from its creation.</summary>
internal sealed class SimulatedLink(int number, SimulatedRelay parent, SimulatedRelay child)
{
    public int Number { get; } = number;

    public SimulatedRelay Parent { get; } = parent;

    public SimulatedRelay Child { get; } = child;

    public bool IsOver { get; set; }

    /// <summary>Whether a piece is in transit.</summary>
    public bool IsSending { get; set; }

    /// <summary>When the last piece arrived.</summary>
    public DateTimeOffset IdleSince { get; set; }

    /// <summary>The bytes that arrived without a pause, and since when.</summary>
    public (DateTimeOffset Since, double Bytes) Stretch { get; set; }

    public long Sent { get; set; }
}
