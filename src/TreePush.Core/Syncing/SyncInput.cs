namespace TreePush.Core.Syncing;

/// <summary>What happens to a sync from outside: the only way to its state.</summary>
public abstract record SyncInput
{
    private SyncInput() { }

    /// <summary>The run begins.</summary>
    public sealed record Start : SyncInput;

    /// <summary>What the probe has shown of some of the hosts asked for by <see cref="SyncCommand.Probe"/>.</summary>
    public sealed record Probed(IReadOnlyList<ProbedHost> Hosts) : SyncInput;

    /// <summary>A relay asked for by <see cref="SyncCommand.Open"/> is up and can be linked.</summary>
    public sealed record Opened(HostName Host) : SyncInput;

    /// <summary>A relay could not be started, or it or the connection to it is gone.</summary>
    public sealed record Lost(HostName Host, Failure Failure) : SyncInput;

    /// <summary>The source's relay has read all of its tree.</summary>
    /// <param name="Bytes">The size of all files.</param>
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
    /// <param name="Message">What the child saw, in one line fit for display.</param>
    public sealed record LinkLost(int Link, LinkFault Fault, string Message) : SyncInput;

    /// <summary>A host knows all that it needs.</summary>
    public sealed record Scanned(HostName Host, Need Need) : SyncInput
    {
        /// <summary>Whether the source could list everything.</summary>
        public bool IsWhole { get; init; } = true;
    }

    /// <summary>A sign of life.</summary>
    public sealed record Progressed(HostName Host, HostProgress Progress) : SyncInput
    {
        /// <summary>
        /// When it was so: what comes late, and two reports at once, must not make a host look faster than it is. Null for the
        /// time at which it came.
        /// </summary>
        public DateTimeOffset? At { get; init; }

        /// <summary>For how long the host's disk has not responded: the age of the oldest file system call that has not returned. Zero where calls return within a second.</summary>
        public TimeSpan Stalled { get; init; }
    }

    /// <summary>A host has everything in place.</summary>
    public sealed record Delivered(HostName Host, Receipt Receipt) : SyncInput;

    /// <summary>A host can't go on by a fault of its own: disk full, read-only, a directory in the way. Its relay still runs, and still serves what it has where <paramref name="CanServe"/>.</summary>
    public sealed record Failed(HostName Host, Failure Failure, bool CanServe) : SyncInput;

    /// <summary>A host will never have all content: it goes on for itself, but can be nobody's parent.</summary>
    /// <param name="Message">What it lacks, in one line fit for display.</param>
    public sealed record Lacking(HostName Host, string Message) : SyncInput;

    /// <summary>A host is the same machine as another, with the same DEST (or DEST is the other's SRC), under a second name: it leaves the work to that one.</summary>
    public sealed record Duplicate(HostName Host, HostName Of) : SyncInput;

    /// <summary>The time asked for by <see cref="SyncCommand.WakeAt"/> has come.</summary>
    public sealed record Woken : SyncInput;

    /// <summary>The user ends the run: hosts under way may finish if they are that near, or everything ends now.</summary>
    public sealed record Stop(bool Kill) : SyncInput;
}
