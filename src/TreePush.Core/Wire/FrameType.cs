namespace TreePush.Core.Wire;

/// <summary>The type of a frame: the byte after the length.</summary>
public enum FrameType : byte
{
    /// <summary>An empty frame that shows that the sender is alive. It is sent on every channel, in both directions.</summary>
    Alive = 0,

    // Control, controller to relay.
    Start = 1,
    Attach = 2,
    Want = 3,
    Promote = 4,
    Trust = 5,

    // Control, relay to controller.
    Ready = 33,
    SourceScanned = 34,
    Linked = 35,
    LinkLost = 36,
    Scanned = 37,
    Progress = 38,
    Delivered = 39,
    Failed = 40,
    Wants = 41,
    FileWarning = 42,
    Lacking = 43,
    Duplicate = 44,

    // Link, child to parent.
    Join = 65,
    Need = 66,

    // Link, parent to child.
    Welcome = 81,
    Ledger = 82,
    Piece = 83,
    Farewell = 84,
}
