namespace TreePush.Core.Pushing;

/// <summary>How a transfer's end bears on its source.</summary>
internal enum TransferEnd
{
    /// <summary>It worked: whatever the source failed before is forgotten.</summary>
    Succeeded,

    /// <summary>It failed, and whether source or target is to blame is open.</summary>
    Failed,

    /// <summary>It was broken off, or the source's own fault is known: nothing to learn about its targets.</summary>
    BrokenOff,
}
