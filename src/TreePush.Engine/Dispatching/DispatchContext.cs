using TreePush.Core.Dispatching;

namespace TreePush.Engine.Dispatching;

/// <summary>What a dispatcher finds around it.</summary>
public sealed record DispatchContext(DispatchFolder Folder, DispatchJournal Journal, RuleBook Rules, IPackageCarrier Carrier, TimeProvider Time)
{
    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>Deliveries at the same time, and as many installs.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>Told what was written to the journal, in the order for each package.</summary>
    public required Action<DispatchEvent> Observe { get; init; }

    /// <summary>Writes an event to the journal and tells it.</summary>
    /// <returns>Whether it was written.</returns>
    internal async Task<bool> RecordAsync(DispatchEvent happened)
    {
        bool written = await Journal.AppendAsync(happened, CancellationToken.None);
        if (written) Observe(happened);
        return written;
    }
}
