using System.Text.Json.Serialization;
using TreePush.Core.Broadcasting;
using TreePush.Core.Hosts;

namespace TreePush.Core.Pushing;

/// <summary>
/// What happened in a run. Journal, screen, JSON and report are all folded from these; their names and fields are
/// public (docs/events.md): fields are added, never renamed or taken away.
/// </summary>
/// <param name="Time">When it happened, by the controller's clock.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RunStarted), "run_started")]
[JsonDerivedType(typeof(TargetSkipped), "target_skipped")]
[JsonDerivedType(typeof(SourceOpening), "source_opening")]
[JsonDerivedType(typeof(SourceReady), "source_ready")]
[JsonDerivedType(typeof(SourceSetAside), "source_set_aside")]
[JsonDerivedType(typeof(SourceRestored), "source_restored")]
[JsonDerivedType(typeof(TransferStarted), "transfer_started")]
[JsonDerivedType(typeof(TransferSucceeded), "transfer_succeeded")]
[JsonDerivedType(typeof(TransferFailed), "transfer_failed")]
[JsonDerivedType(typeof(TargetFailed), "target_failed")]
[JsonDerivedType(typeof(TargetRequeued), "target_requeued")]
[JsonDerivedType(typeof(SlotsChanged), "slots_changed")]
[JsonDerivedType(typeof(RunPaused), "run_paused")]
[JsonDerivedType(typeof(RunContinued), "run_continued")]
[JsonDerivedType(typeof(RunStopping), "run_stopping")]
[JsonDerivedType(typeof(ServedCannotServe), "served_cannot_serve")]
[JsonDerivedType(typeof(SourcesExhausted), "sources_exhausted")]
[JsonDerivedType(typeof(SyncStarted), "sync_started")]
[JsonDerivedType(typeof(HostOpening), "host_opening")]
[JsonDerivedType(typeof(HostReady), "host_ready")]
[JsonDerivedType(typeof(SourceSurveyed), "source_surveyed")]
[JsonDerivedType(typeof(TopologyChosen), "topology_chosen")]
[JsonDerivedType(typeof(HostLinked), "host_linked")]
[JsonDerivedType(typeof(LinkFailed), "link_failed")]
[JsonDerivedType(typeof(HostMovedBack), "host_moved_back")]
[JsonDerivedType(typeof(HostStalled), "host_stalled")]
[JsonDerivedType(typeof(HostServesNoMore), "host_serves_no_more")]
[JsonDerivedType(typeof(HostScanned), "host_scanned")]
[JsonDerivedType(typeof(HostProgressed), "host_progressed")]
[JsonDerivedType(typeof(SourceReplaced), "source_replaced")]
[JsonDerivedType(typeof(HostLost), "host_lost")]
[JsonDerivedType(typeof(TargetDelivered), "target_delivered")]
[JsonDerivedType(typeof(FileNoticed), "file_noticed")]
[JsonDerivedType(typeof(RunFinished), "run_finished")]
public abstract record RunEvent([property: JsonPropertyOrder(-1)] DateTimeOffset Time);

/// <summary>The run begins, or goes on after <c>--resume</c>.</summary>
/// <param name="Sources">How many hosts were given as sources.</param>
/// <param name="Targets">How many hosts are to be served by the whole run.</param>
/// <param name="Served">How many of them an earlier part of the run has served.</param>
/// <param name="Slots">Transfers at once on a source; null while the number is being found.</param>
public sealed record RunStarted(
    DateTimeOffset Time, string Run, string Command, int Sources, int Targets, int Served, int? Slots, int Retries)
    : RunEvent(Time);

/// <summary>A target is also a source, and so has the files already.</summary>
public sealed record TargetSkipped(DateTimeOffset Time, HostName Target) : RunEvent(Time);

/// <summary>A connection to a source is being made.</summary>
public sealed record SourceOpening(DateTimeOffset Time, HostName Source) : RunEvent(Time);

/// <summary>A source can take transfers.</summary>
/// <param name="Took">How long the connection took.</param>
public sealed record SourceReady(DateTimeOffset Time, HostName Source, [property: JsonPropertyName("seconds")] TimeSpan Took) : RunEvent(Time);

/// <summary>A source gets no more transfers, for its own fault or on suspicion.</summary>
/// <param name="Comeback">When it is tried again, where it will be.</param>
public sealed record SourceSetAside(DateTimeOffset Time, HostName Source, Failure Failure, DateTimeOffset? Comeback) : RunEvent(Time);

/// <summary>A source that was set aside is in the pool again: its targets failed from elsewhere too, it served one after all, no other source is left, or its pause is over.</summary>
public sealed record SourceRestored(DateTimeOffset Time, HostName Source) : RunEvent(Time);

public sealed record TransferStarted(DateTimeOffset Time, int Transfer, HostName Source, HostName Target, int Attempt) : RunEvent(Time);

/// <summary>The target has the files, and is a source from now on.</summary>
public sealed record TransferSucceeded(
    DateTimeOffset Time, int Transfer, HostName Source, HostName Target, int Attempt, [property: JsonPropertyName("seconds")] TimeSpan Took)
    : RunEvent(Time);

/// <param name="Counted">Whether it counts against the target; a source's own fault does not.</param>
/// <param name="RetryAt">When the target may be tried again; null where it is not.</param>
public sealed record TransferFailed(
    DateTimeOffset Time, int Transfer, HostName Source, HostName Target, int Attempt, [property: JsonPropertyName("seconds")] TimeSpan Took,
    Failure Failure, bool Counted, DateTimeOffset? RetryAt)
    : RunEvent(Time);

/// <summary>The target is given up.</summary>
/// <param name="Source">From where it was tried last.</param>
public sealed record TargetFailed(DateTimeOffset Time, HostName Target, HostName Source, Failure Failure, int Attempts) : RunEvent(Time);

/// <summary>A target that had failed is wanted again, because its source turned out to be the one at fault.</summary>
public sealed record TargetRequeued(DateTimeOffset Time, HostName Target, HostName Source) : RunEvent(Time);

/// <summary>With <c>-m auto</c>: sources take this many transfers at once from now on.</summary>
public sealed record SlotsChanged(DateTimeOffset Time, int Slots) : RunEvent(Time);

public sealed record RunPaused(DateTimeOffset Time) : RunEvent(Time);

public sealed record RunContinued(DateTimeOffset Time) : RunEvent(Time);

/// <summary>Nothing new is started; with <paramref name="Kill"/> what runs is ended.</summary>
public sealed record RunStopping(DateTimeOffset Time, bool Kill) : RunEvent(Time);

/// <summary>The hosts that were served can't log in to others: from here on only the sources that were given serve.</summary>
public sealed record ServedCannotServe(DateTimeOffset Time, Failure Failure) : RunEvent(Time);

/// <summary>No source is left that could serve the remaining targets.</summary>
public sealed record SourcesExhausted(DateTimeOffset Time, int Remaining) : RunEvent(Time);

/// <summary>The run is over.</summary>
public sealed record RunFinished(
    DateTimeOffset Time, int Succeeded, int Failed, int NotTried, bool Interrupted, [property: JsonPropertyName("seconds")] TimeSpan Took)
    : RunEvent(Time);
