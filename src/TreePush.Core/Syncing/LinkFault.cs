namespace TreePush.Core.Syncing;

/// <summary>Why a link could not be made, or ended before its work was done; told by the child.</summary>
public enum LinkFault
{
    /// <summary>None of the parent's addresses could be connected to: these two are not made neighbours again by this route.</summary>
    Unreachable,

    /// <summary>What answered is not the parent, or did not take the token.</summary>
    Refused,

    /// <summary>The connection was closed or reset.</summary>
    Closed,

    /// <summary>Nothing came for too long, not even a sign of life.</summary>
    Silent,

    /// <summary>What came was not what the source had signed, or no valid frame: the parent, or the way from it, spoils data.</summary>
    Corrupt,
}
