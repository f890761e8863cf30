using System.Text.Json.Serialization;

namespace TreePush.Core.Syncing;

/// <summary>A relay is being started on the host.</summary>
public sealed record HostOpening(DateTimeOffset Time, HostName Host) : RunEvent(Time);

/// <summary>A relay runs on the host.</summary>
/// <param name="Took">How long its start took, login included.</param>
public sealed record HostReady(DateTimeOffset Time, HostName Host, RelayRole Role, [property: JsonPropertyName("ms")] TimeSpan Took) : RunEvent(Time);

/// <summary>The source has read its tree.</summary>
public sealed record SourceScanned(DateTimeOffset Time, HostName Source, int Entries, long Bytes) : RunEvent(Time)
{
    /// <summary>Paths that it has and does not bring: sockets, pipes, devices, other runs' temporaries, mount points with <c>--one-file-system</c>.</summary>
    public int Skipped { get; init; }

    /// <summary>Paths that it could not list or look at. If there are any, nothing is deleted and every target fails.</summary>
    public int Unread { get; init; }
}

/// <summary>The shape of the sync is decided, or changed.</summary>
public sealed record TopologyChosen(DateTimeOffset Time, Topology Topology) : RunEvent(Time);

/// <summary>A host receives from another from now on.</summary>
public sealed record HostLinked(DateTimeOffset Time, int Link, HostName Parent, HostName Child, Route Route) : RunEvent(Time);

/// <summary>A link could not be made, or ended early; the child is attached elsewhere, where there is anybody.</summary>
public sealed record LinkFailed(DateTimeOffset Time, int Link, HostName Parent, HostName Child, Route Route, LinkFault Fault, string Message) : RunEvent(Time);

/// <summary>A host is slower than the others, and was moved to the end of the chain, where it holds nobody back.</summary>
/// <param name="Rate">What it received, in bytes per second.</param>
/// <param name="Typical">What others receive, in bytes per second.</param>
public sealed record HostDemoted(DateTimeOffset Time, HostName Host, double Rate, double Typical) : RunEvent(Time);

/// <summary>A host serves no other host any more: it failed others, or differs from the source.</summary>
public sealed record HostExcluded(DateTimeOffset Time, HostName Host, string Reason) : RunEvent(Time);

/// <summary>A host's disk does not respond: its children go elsewhere, and it fails if that goes on.</summary>
/// <param name="Stalled">For how long it has not responded.</param>
public sealed record HostStalled(DateTimeOffset Time, HostName Host, [property: JsonPropertyName("ms")] TimeSpan Stalled) : RunEvent(Time);

/// <summary>A host knows what it needs; with <c>-n</c> this is all that becomes of it.</summary>
public sealed record HostScanned(DateTimeOffset Time, HostName Host, Need Need) : RunEvent(Time);

/// <summary>How far a host is. Told for the screen and <c>--json</c> about once a second; the journal has none of them.</summary>
public sealed record HostProgressed(DateTimeOffset Time, HostName Host, HostProgress Progress) : RunEvent(Time)
{
    [JsonIgnore]
    public override bool IsProgress => true;
}

/// <summary>The host that wrote the ledger is gone; another goes on with it.</summary>
public sealed record SourceReplaced(DateTimeOffset Time, HostName Source, HostName Successor) : RunEvent(Time);

/// <summary>A host is gone, or can't go on; if it is a target, <see cref="TargetFailed"/> says so as well.</summary>
public sealed record HostLost(DateTimeOffset Time, HostName Host, Failure Failure) : RunEvent(Time);

/// <summary>Something about the files that a person should know: one left out, one that changed while it was read, one that could not be deleted.</summary>
/// <param name="Path">Fit for display; empty where it is about none.</param>
public sealed record FileWarning(DateTimeOffset Time, HostName Host, string Path, string Message) : RunEvent(Time);
