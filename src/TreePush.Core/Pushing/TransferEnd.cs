namespace TreePush.Core.Pushing;

/// <summary>What the end of a transfer means for its source.</summary>
internal enum TransferEnd
{
    /// <summary>The transfer succeeded. The source's earlier failures are forgotten.</summary>
    Succeeded,

    /// <summary>The transfer failed, and either the source or the target may be at fault.</summary>
    Failed,

    /// <summary>The transfer failed through the fault of the target or the controller. It is no evidence against the source.</summary>
    NotBySource,

    /// <summary>The transfer was ended early, or the source is known to be at fault. It is no evidence about the source's other targets.</summary>
    BrokenOff,
}
