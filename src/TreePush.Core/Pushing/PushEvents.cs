using System.Text.Json.Serialization;

namespace TreePush.Core.Pushing;

/// <summary>A connection to a source is being opened.</summary>
public sealed record SourceOpening(DateTimeOffset Time, HostName Source) : RunEvent(Time);

/// <summary>A source can take transfers.</summary>
/// <param name="Took">How long the connection took.</param>
public sealed record SourceReady(DateTimeOffset Time, HostName Source, [property: JsonPropertyName("ms")] TimeSpan Took) : RunEvent(Time);

/// <summary>A source gets no more transfers, because it failed or is suspected.</summary>
/// <param name="Comeback">When the source is tried again; null if it is not.</param>
public sealed record SourceSetAside(DateTimeOffset Time, HostName Source, Failure Failure, DateTimeOffset? Comeback) : RunEvent(Time);

/// <summary>
/// A source that was set aside is in the pool again: its targets also failed from other sources, it served a target after all, no
/// other source is left, or its pause is over.
/// </summary>
public sealed record SourceRestored(DateTimeOffset Time, HostName Source) : RunEvent(Time);

public sealed record TransferStarted(DateTimeOffset Time, int Transfer, HostName Source, HostName Target, int Attempt) : RunEvent(Time);

/// <summary>The target has the files and is a source from now on.</summary>
public sealed record TransferSucceeded(
    DateTimeOffset Time, int Transfer, HostName Source, HostName Target, int Attempt, [property: JsonPropertyName("ms")] TimeSpan Took)
    : RunEvent(Time);

/// <param name="Counted">Whether the failure counts against the target. A failure that is the source's own fault does not.</param>
/// <param name="RetryAt">When the target may be tried again; null if it is not tried again.</param>
public sealed record TransferFailed(
    DateTimeOffset Time, int Transfer, HostName Source, HostName Target, int Attempt, [property: JsonPropertyName("ms")] TimeSpan Took,
    Failure Failure, bool Counted, DateTimeOffset? RetryAt)
    : RunEvent(Time);

/// <summary>A failed target is tried again, because its source turned out to be at fault.</summary>
public sealed record TargetRequeued(DateTimeOffset Time, HostName Target, HostName Source) : RunEvent(Time);

/// <summary>With <c>-m auto</c>: each source runs this many transfers at once from now on.</summary>
public sealed record SlotsChanged(DateTimeOffset Time, int Slots) : RunEvent(Time);

public sealed record RunPaused(DateTimeOffset Time) : RunEvent(Time);

public sealed record RunContinued(DateTimeOffset Time) : RunEvent(Time);

/// <summary>The served hosts can't log in to others. From now on, only the given sources serve.</summary>
public sealed record ServedCannotServe(DateTimeOffset Time, Failure Failure) : RunEvent(Time);
