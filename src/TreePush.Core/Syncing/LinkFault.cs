namespace TreePush.Core.Syncing;

/// <summary>Why a link could not be made, or ended early. The child reports it.</summary>
public enum LinkFault
{
    /// <summary>The child could not connect to any of the parent's addresses. The two are not linked by this route again.</summary>
    Unreachable,

    /// <summary>The answer did not come from the parent, or the parent rejected the token.</summary>
    Refused,

    /// <summary>The connection was closed or reset.</summary>
    Closed,

    /// <summary>Nothing arrived for too long, not even a heartbeat.</summary>
    Silent,

    /// <summary>The received data was not what the source signed, or not a valid frame: the parent, or the path from it, corrupts data.</summary>
    Corrupt,
}
