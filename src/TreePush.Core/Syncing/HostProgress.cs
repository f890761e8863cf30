namespace TreePush.Core.Syncing;

/// <summary>What a relay says of itself every so often; all numbers count from its start.</summary>
/// <param name="Have">Bytes of its need that it has by now.</param>
/// <param name="Needed">Bytes of its need as known by now.</param>
/// <param name="Received">Bytes of content received over links.</param>
/// <param name="Children">How each of its children fares.</param>
public sealed record HostProgress(long Have, long Needed, long Received, IReadOnlyList<ChildProgress> Children)
{
    /// <summary>
    /// How fast content comes in over its present link while it comes, in bytes a second: 128 KiB or more that came without
    /// a pause (one piece, or several), over the time from the first byte to the last; typical of the last few. A parent
    /// sends whole pieces, so that this tells what the link can do even where there is nothing more to send. 0 while it is not known.
    /// </summary>
    public double Burst { get; init; }

    /// <summary>How many pages of the ledger the host has.</summary>
    public long Pages { get; init; }
}

/// <summary>How one child fares, as its parent sees it.</summary>
/// <param name="Link">The number that the controller gave to the link.</param>
/// <param name="Sent">Bytes of content sent to it over this link.</param>
/// <param name="Backlog">Bytes that it needs, the parent has, and were not sent yet.</param>
/// <param name="Remaining">Bytes that it needs and were not sent yet, whether the parent has them or not.</param>
public sealed record ChildProgress(int Link, HostName Child, long Sent, long Backlog, long Remaining);
