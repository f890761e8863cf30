namespace TreePush.Core.Syncing.Simulation;

/// <summary>A link between two imagined relays, from the moment it stands.</summary>
internal sealed class SimulatedLink(int number, SimulatedRelay parent, SimulatedRelay child)
{
    public int Number { get; } = number;

    public SimulatedRelay Parent { get; } = parent;

    public SimulatedRelay Child { get; } = child;

    public bool IsOver { get; set; }

    /// <summary>A piece is on its way.</summary>
    public bool IsSending { get; set; }

    /// <summary>When the last piece was through.</summary>
    public DateTimeOffset IdleSince { get; set; }

    /// <summary>What has come without a pause, and since when.</summary>
    public (DateTimeOffset Since, double Bytes) Stretch { get; set; }

    public long Sent { get; set; }
}
