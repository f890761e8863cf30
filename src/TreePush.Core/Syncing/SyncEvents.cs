using System.Text.Json.Serialization;

namespace TreePush.Core.Syncing;

/// <summary>A relay is being started on the host.</summary>
public sealed record HostOpening(DateTimeOffset Time, HostName Host) : RunEvent(Time);

/// <summary>A relay runs on the host.</summary>
/// <param name="Took">How long the start took, including the login.</param>
public sealed record HostReady(DateTimeOffset Time, HostName Host, RelayRole Role, [property: JsonPropertyName("ms")] TimeSpan Took) : RunEvent(Time);

/// <summary>The source has read its tree.</summary>
public sealed record SourceScanned(DateTimeOffset Time, HostName Source, int Entries, long Bytes) : RunEvent(Time)
{
    /// <summary>
    /// The number of paths that are not copied: sockets, pipes, devices, temporaries of other runs, and mount points with
    /// <c>--one-file-system</c>.
    /// </summary>
    public int Skipped { get; init; }

    /// <summary>The number of paths that the source could not list or stat. If there are any, nothing is deleted and every target fails.</summary>
    public int Unread { get; init; }
}

/// <summary>The topology is chosen, or changed.</summary>
public sealed record TopologyChosen(DateTimeOffset Time, Topology Topology) : RunEvent(Time);

/// <summary>A host receives from another host from now on.</summary>
public sealed record HostLinked(DateTimeOffset Time, int Link, HostName Parent, HostName Child, Route Route) : RunEvent(Time);

/// <summary>A link could not be made, or ended early. The child is attached elsewhere if possible.</summary>
public sealed record LinkFailed(DateTimeOffset Time, int Link, HostName Parent, HostName Child, Route Route, LinkFault Fault, string Message) : RunEvent(Time);

/// <summary>A host is slower than the others and was moved to the end of the chain, where it holds nobody back.</summary>
/// <param name="Rate">The rate at which the host received, in bytes per second.</param>
/// <param name="Typical">The rate at which others receive, in bytes per second.</param>
public sealed record HostDemoted(DateTimeOffset Time, HostName Host, double Rate, double Typical) : RunEvent(Time);

/// <summary>A host no longer serves other hosts, because it failed them or differs from the source.</summary>
public sealed record HostExcluded(DateTimeOffset Time, HostName Host, string Reason) : RunEvent(Time);

/// <summary>A host's disk does not respond. Its children go elsewhere, and the host fails if this continues.</summary>
/// <param name="Stalled">For how long the disk has not responded.</param>
public sealed record HostStalled(DateTimeOffset Time, HostName Host, [property: JsonPropertyName("ms")] TimeSpan Stalled) : RunEvent(Time);

/// <summary>A host knows its need. With <c>-n</c>, nothing more happens to the host.</summary>
public sealed record HostScanned(DateTimeOffset Time, HostName Host, Need Need) : RunEvent(Time);

/// <summary>A host's progress, about once a second, for the screen and <c>--json</c>. The journal does not contain these events.</summary>
public sealed record HostProgressed(DateTimeOffset Time, HostName Host, HostProgress Progress) : RunEvent(Time)
{
    [JsonIgnore]
    public override bool IsProgress => true;
}

/// <summary>The writer of the ledger is lost; another host continues the ledger.</summary>
public sealed record SourceReplaced(DateTimeOffset Time, HostName Source, HostName Successor) : RunEvent(Time);

/// <summary>A host is lost, or its disk no longer responds. If it is a target without an outcome, <see cref="TargetFailed"/> follows.</summary>
public sealed record HostLost(DateTimeOffset Time, HostName Host, Failure Failure) : RunEvent(Time);

/// <summary>Something about the files that a person should know: a file was left out, changed while it was read, or could not be deleted.</summary>
/// <param name="Path">The path, escaped for display; empty if the warning is not about one path.</param>
public sealed record FileWarning(DateTimeOffset Time, HostName Host, string Path, string Message) : RunEvent(Time);
