namespace TreePush.Core.Syncing;

/// <summary>A relay's periodic report. All numbers count from the relay's start.</summary>
/// <param name="Have">How many bytes of its need the host has.</param>
/// <param name="Needed">The size of its need as known so far, in bytes.</param>
/// <param name="Received">The bytes of content received over links.</param>
/// <param name="Children">The progress of each of its children.</param>
public sealed record HostProgress(long Have, long Needed, long Received, IReadOnlyList<ChildProgress> Children)
{
    /// <summary>
    /// How fast content arrives over the present link while it arrives, in bytes per second; 0 while unknown. It is measured over
    /// bursts: at least 128 KiB (one piece, or several) that arrive without a pause, divided by the time from the first byte to
    /// the last. The value is typical of the last few bursts. A parent sends whole pieces, so this shows what the link can carry
    /// even when there is nothing more to send.
    /// </summary>
    public double Burst { get; init; }

    /// <summary>The number of ledger pages that the host has.</summary>
    public long Pages { get; init; }
}

/// <summary>The progress of one child, as its parent sees it.</summary>
/// <param name="Link">The number of the link, from the controller.</param>
/// <param name="Sent">The bytes of content sent over this link.</param>
/// <param name="Backlog">The bytes that the child needs, the parent has, and the parent has not sent yet.</param>
/// <param name="Remaining">The bytes that the child needs and the parent has not sent yet, whether the parent has them or not.</param>
public sealed record ChildProgress(int Link, HostName Child, long Sent, long Backlog, long Remaining);
