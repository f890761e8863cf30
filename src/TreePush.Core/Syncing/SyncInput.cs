namespace TreePush.Core.Syncing;

/// <summary>An input to the state machine of a sync. Nothing else changes the sync's state.</summary>
public abstract record SyncInput
{
    private SyncInput() { }

    /// <summary>The run begins.</summary>
    public sealed record Start : SyncInput;

    /// <summary>The results of the probe for some of the hosts of a <see cref="SyncCommand.Probe"/>.</summary>
    public sealed record Probed(IReadOnlyList<ProbedHost> Hosts) : SyncInput;

    /// <summary>A relay of a <see cref="SyncCommand.Open"/> is up and can be linked.</summary>
    public sealed record Opened(HostName Host) : SyncInput;

    /// <summary>A relay could not be started, or the relay or the connection to it was lost.</summary>
    public sealed record Lost(HostName Host, Failure Failure) : SyncInput;

    /// <summary>The source's relay has listed its whole tree.</summary>
    /// <param name="Bytes">The size of all files, in bytes.</param>
    public sealed record SourceScanned(HostName Source, int Entries, long Bytes) : SyncInput
    {
        /// <inheritdoc cref="SourceScanned.Skipped"/>
        public int Skipped { get; init; }

        /// <inheritdoc cref="SourceScanned.Unread"/>
        public int Unread { get; init; }
    }

    /// <summary>A child is attached to its parent.</summary>
    public sealed record Linked(int Link) : SyncInput;

    /// <summary>A link could not be made, or ended early.</summary>
    /// <param name="Message">What the child observed, in one line fit for display.</param>
    public sealed record LinkLost(int Link, LinkFault Fault, string Message) : SyncInput;

    /// <summary>A host knows its whole need.</summary>
    public sealed record Scanned(HostName Host, Need Need) : SyncInput
    {
        /// <summary>Whether the source could list its whole tree.</summary>
        public bool IsWhole { get; init; } = true;
    }

    /// <summary>A relay's periodic report. It also shows that the relay is alive.</summary>
    public sealed record Progressed(HostName Host, HostProgress Progress) : SyncInput
    {
        /// <summary>
        /// When the report was made, so that a delayed report, or two at once, does not make the host look faster than it is.
        /// Null for the time of arrival.
        /// </summary>
        public DateTimeOffset? At { get; init; }

        /// <summary>
        /// For how long the host's disk has not responded: the age of the oldest file system call that has not returned. Zero if
        /// calls return within a second.
        /// </summary>
        public TimeSpan Stalled { get; init; }
    }

    /// <summary>A host has everything in place.</summary>
    public sealed record Delivered(HostName Host, Receipt Receipt) : SyncInput;

    /// <summary>
    /// A host can't continue through its own fault: disk full, read-only file system, a directory in the way. Its relay still
    /// runs. If <paramref name="CanServe"/> is set, it still serves what it has.
    /// </summary>
    public sealed record Failed(HostName Host, Failure Failure, bool CanServe) : SyncInput;

    /// <summary>A host will never have all content. It continues for itself, but can't be a parent.</summary>
    /// <param name="Message">What it lacks, in one line fit for display.</param>
    public sealed record Lacking(HostName Host, string Message) : SyncInput;

    /// <summary>
    /// A host is the same machine as another under a second name, with the same DEST, or with the other's SRC as its DEST. It
    /// leaves the work to the other.
    /// </summary>
    public sealed record Duplicate(HostName Host, HostName Of) : SyncInput;

    /// <summary>The time of a <see cref="SyncCommand.WakeAt"/> has come.</summary>
    public sealed record Woken : SyncInput;

    /// <summary>The user ends the run. Hosts that have begun to receive finish, or are ended if <paramref name="Kill"/> is set.</summary>
    public sealed record Stop(bool Kill) : SyncInput;
}
