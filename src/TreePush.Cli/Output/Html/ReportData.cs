using System.Text.Json.Serialization;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>
/// All that the report page is drawn from. Times are seconds since the run began; hosts and failures are named by their
/// place in <see cref="Hosts"/> and <see cref="Failures"/>.
/// </summary>
internal sealed record ReportData
{
    public required string Run { get; init; }

    public required string Command { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required double Seconds { get; init; }

    public required int ExitCode { get; init; }

    public required bool Interrupted { get; init; }

    /// <summary>Transfers at once on a source, as asked for; null where the number was to be found.</summary>
    public required int? Slots { get; init; }

    public required int Retries { get; init; }

    public required ReportCounts Counts { get; init; }

    public required IReadOnlyList<ReportHost> Hosts { get; init; }

    public required IReadOnlyList<ReportTransfer> Transfers { get; init; }

    public required IReadOnlyList<ReportFailure> Failures { get; init; }

    public required IReadOnlyList<ReportSetAside> SetAside { get; init; }

    public required IReadOnlyList<ReportNote> Notes { get; init; }
}

/// <param name="Targets">All of the run's targets: served, failed and not tried add up to them.</param>
/// <param name="Served">Targets that have the files, by whatever part of the run.</param>
/// <param name="ServedBefore">Those of them that an earlier part of the run served.</param>
/// <param name="Skipped">Those of them that are sources themselves.</param>
/// <param name="Rounds">The longest way from a first source to a host that was served, in transfers.</param>
internal sealed record ReportCounts(int Targets, int Served, int ServedBefore, int Skipped, int Failed, int NotTried, int Rounds);

/// <param name="From">The host that served it, or that failed to at last.</param>
/// <param name="Round">Transfers between the nearest first source and this host, where it was served.</param>
/// <param name="Failure">Why it was given up.</param>
internal sealed record ReportHost(string Name, HostOutcome Outcome, int? From = null, int? Round = null, int? Failure = null);

/// <summary>What became of a host.</summary>
[JsonConverter(typeof(HostOutcomeConverter))]
internal enum HostOutcome
{
    /// <summary>It had the files from the start.</summary>
    Source,

    /// <summary>An earlier part of the run served it.</summary>
    ServedBefore,

    Served,

    Failed,

    NotTried,
}

internal sealed class HostOutcomeConverter() : JsonStringEnumConverter<HostOutcome>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower);

internal sealed record ReportTransfer(int Source, int Target, int Attempt, double Start)
{
    public double End { get; init; }

    /// <summary>Why it failed; null where it succeeded.</summary>
    public int? Failure { get; init; }

    /// <summary>The failure was laid on the source, and does not count against the target; null where it does.</summary>
    public bool? Excused { get; init; }
}

/// <param name="Message">Null where the page would have become too large with it.</param>
internal sealed record ReportFailure(FailureKind Kind, string? Message = null, string? Hint = null, int? ExitCode = null, IReadOnlyList<string>? Tail = null);

/// <param name="Restored">When the source was back in the pool; null where it was not.</param>
internal sealed record ReportSetAside(int Source, double At, int Failure, double? Restored = null);

/// <summary>Something that concerns the run as a whole.</summary>
/// <param name="What"><c>paused</c>, <c>continued</c>, <c>stopping</c>, <c>killing</c>, <c>slots</c> or <c>exhausted</c>.</param>
/// <param name="Count">The slots on each source from now on, or the targets left without a source.</param>
internal sealed record ReportNote(double At, string What, int? Count = null);
