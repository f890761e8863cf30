using System.Text.Json.Serialization;
using TreePush.Core.Pushing;
using TreePush.Core.Syncing;

namespace TreePush.Core.Runs;

/// <summary>
/// What happened in a run. Journal, screen, JSON and report are all folded from these; their names and fields are
/// public (docs/events.md): fields are added, never renamed or taken away. Each job adds events of its own, below its folder.
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
[JsonDerivedType(typeof(TargetServed), "target_served")]
[JsonDerivedType(typeof(TargetFailed), "target_failed")]
[JsonDerivedType(typeof(TargetRequeued), "target_requeued")]
[JsonDerivedType(typeof(SlotsChanged), "slots_changed")]
[JsonDerivedType(typeof(RunPaused), "run_paused")]
[JsonDerivedType(typeof(RunContinued), "run_continued")]
[JsonDerivedType(typeof(RunStopping), "run_stopping")]
[JsonDerivedType(typeof(ServedCannotServe), "served_cannot_serve")]
[JsonDerivedType(typeof(SourcesExhausted), "sources_exhausted")]
[JsonDerivedType(typeof(HostOpening), "host_opening")]
[JsonDerivedType(typeof(HostReady), "host_ready")]
[JsonDerivedType(typeof(SourceScanned), "source_scanned")]
[JsonDerivedType(typeof(TopologyChosen), "topology_chosen")]
[JsonDerivedType(typeof(HostLinked), "host_linked")]
[JsonDerivedType(typeof(LinkFailed), "link_failed")]
[JsonDerivedType(typeof(HostDemoted), "host_demoted")]
[JsonDerivedType(typeof(HostStalled), "host_stalled")]
[JsonDerivedType(typeof(HostExcluded), "host_excluded")]
[JsonDerivedType(typeof(HostScanned), "host_scanned")]
[JsonDerivedType(typeof(HostProgressed), "host_progressed")]
[JsonDerivedType(typeof(SourceReplaced), "source_replaced")]
[JsonDerivedType(typeof(HostLost), "host_lost")]
[JsonDerivedType(typeof(FileWarning), "file_warning")]
[JsonDerivedType(typeof(RunFinished), "run_finished")]
public abstract record RunEvent([property: JsonPropertyOrder(-1)] DateTimeOffset Time)
{
    /// <summary>The next one of its kind makes it worthless: it is for those who watch, and may be dropped.</summary>
    [JsonIgnore]
    public virtual bool IsProgress => false;
}

/// <summary>The run begins, or goes on after <c>--resume</c>: always the first event.</summary>
/// <param name="Version">The program's.</param>
/// <param name="Command">What the run does: the command of a push, a sync in words.</param>
/// <param name="Sources">How many hosts were given as sources.</param>
/// <param name="Targets">How many hosts are to be served by the whole run.</param>
/// <param name="Served">How many of them an earlier part of the run has served.</param>
public sealed record RunStarted(
    DateTimeOffset Time, string Version, string Run, JobKind Job, string Command, int Sources, int Targets, int Served, bool DryRun)
    : RunEvent(Time);

/// <summary>A target is also a source, and so has the files already.</summary>
public sealed record TargetSkipped(DateTimeOffset Time, HostName Target) : RunEvent(Time);

/// <summary>A target has the files.</summary>
/// <param name="Source">From whom it has received them; null where it lacked nothing.</param>
/// <param name="Attempts">How often that was tried.</param>
/// <param name="Took">Since the run's start.</param>
public sealed record TargetServed(
    DateTimeOffset Time, HostName Target, HostName? Source, int Attempts, [property: JsonPropertyName("ms")] TimeSpan Took) : RunEvent(Time)
{
    /// <summary>The proof that it has them, where the job has one.</summary>
    public Receipt? Receipt { get; init; }
}

/// <summary>A target is given up.</summary>
/// <param name="Source">From whom it was tried last; null where nobody was.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Took">Since the run's start.</param>
public sealed record TargetFailed(
    DateTimeOffset Time, HostName Target, HostName? Source, int Attempts, [property: JsonPropertyName("ms")] TimeSpan Took, Failure Failure)
    : RunEvent(Time);

/// <summary>No source is left that could serve the remaining targets.</summary>
public sealed record SourcesExhausted(DateTimeOffset Time, int Remaining) : RunEvent(Time);

/// <summary>Nothing new is started; with <paramref name="Kill"/> what runs is ended.</summary>
public sealed record RunStopping(DateTimeOffset Time, bool Kill) : RunEvent(Time);

/// <summary>The run is over.</summary>
public sealed record RunFinished(
    DateTimeOffset Time, int Succeeded, int Failed, int NotTried, bool Interrupted, [property: JsonPropertyName("ms")] TimeSpan Took)
    : RunEvent(Time);
