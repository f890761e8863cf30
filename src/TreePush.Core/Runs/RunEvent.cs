using System.Text.Json.Serialization;
using TreePush.Core.Pushing;
using TreePush.Core.Syncing;

namespace TreePush.Core.Runs;

/// <summary>
/// Something that happened in a run. The journal, the screen, JSON and the report are all made from these events. Their names and
/// fields are public (docs/events.md): fields are added, but never renamed or removed. The events of each job are in the job's
/// folder.
/// </summary>
/// <param name="Time">When the event happened, by the controller's clock.</param>
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
    /// <summary>Whether the next event of this kind supersedes this one. Such an event is only for observers and may be dropped.</summary>
    [JsonIgnore]
    public virtual bool IsProgress => false;
}

/// <summary>The run begins, or continues after <c>--resume</c>. This is always the first event.</summary>
/// <param name="Version">The version of TreePush.</param>
/// <param name="Command">What the run does: the command of a push, or a description of a sync.</param>
/// <param name="Sources">The number of hosts given as sources.</param>
/// <param name="Targets">The number of targets of the whole run.</param>
/// <param name="Served">How many of the targets an earlier part of the run has served.</param>
public sealed record RunStarted(
    DateTimeOffset Time, string Version, string Run, JobKind Job, string Command, int Sources, int Targets, int Served, bool DryRun)
    : RunEvent(Time);

/// <summary>A target is also a source, so it has the files already.</summary>
public sealed record TargetSkipped(DateTimeOffset Time, HostName Target) : RunEvent(Time);

/// <summary>A target has the files.</summary>
/// <param name="Source">The host that the target received the files from; null if it lacked nothing.</param>
/// <param name="Attempts">The number of attempts.</param>
/// <param name="Took">Since the run's start.</param>
public sealed record TargetServed(
    DateTimeOffset Time, HostName Target, HostName? Source, int Attempts, [property: JsonPropertyName("ms")] TimeSpan Took) : RunEvent(Time)
{
    /// <summary>The target's proof that it has the files, if the job has one.</summary>
    public Receipt? Receipt { get; init; }
}

/// <summary>A target is given up.</summary>
/// <param name="Source">The host that the last attempt was made from; null if there was none.</param>
/// <param name="Attempts">The number of attempts.</param>
/// <param name="Took">Since the run's start.</param>
public sealed record TargetFailed(
    DateTimeOffset Time, HostName Target, HostName? Source, int Attempts, [property: JsonPropertyName("ms")] TimeSpan Took, Failure Failure)
    : RunEvent(Time);

/// <summary>No source is left to serve the remaining targets.</summary>
public sealed record SourcesExhausted(DateTimeOffset Time, int Remaining) : RunEvent(Time);

/// <summary>Nothing new is started. With <paramref name="Kill"/>, running work is ended too.</summary>
public sealed record RunStopping(DateTimeOffset Time, bool Kill) : RunEvent(Time);

/// <summary>The run is over.</summary>
public sealed record RunFinished(
    DateTimeOffset Time, int Succeeded, int Failed, int NotTried, bool Interrupted, [property: JsonPropertyName("ms")] TimeSpan Took)
    : RunEvent(Time);
