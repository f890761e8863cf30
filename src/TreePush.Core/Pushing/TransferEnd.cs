namespace TreePush.Core.Pushing;

/// <summary>How a transfer's end bears on its source.</summary>
internal enum TransferEnd
{
    /// <summary>It worked: whatever the source failed before is forgotten.</summary>
    Succeeded,

    /// <summary>It failed, and whether source or target is to blame is open.</summary>
    Failed,

    /// <summary>It failed by the target's own fault, or by that of the controller: nothing to learn about the source.</summary>
    NotBySource,

    /// <summary>It was broken off, or the source's own fault is known: nothing to learn about its targets.</summary>
    BrokenOff,
}
