using System.Text.Json.Serialization;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>
/// The data of the report page. Times are seconds since the run began. Hosts and failures are identified by their index
/// in <see cref="Hosts"/> and <see cref="Failures"/>.
/// </summary>
internal sealed record ReportData
{
    public required string Run { get; init; }

    public required string Command { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required double Seconds { get; init; }

    public required int ExitCode { get; init; }

    public required bool Interrupted { get; init; }

    /// <summary>Concurrent transfers per source, as requested; null for auto.</summary>
    public required int? Slots { get; init; }

    public required int Retries { get; init; }

    public required ReportCounts Counts { get; init; }

    public required IReadOnlyList<ReportHost> Hosts { get; init; }

    public required IReadOnlyList<ReportTransfer> Transfers { get; init; }

    public required IReadOnlyList<ReportFailure> Failures { get; init; }

    public required IReadOnlyList<ReportSetAside> SetAside { get; init; }

    public required IReadOnlyList<ReportNote> Notes { get; init; }
}

/// <param name="Targets">All targets of the run: the sum of served, failed and not tried.</param>
/// <param name="Served">Targets that have the files, from this or an earlier part of the run.</param>
/// <param name="ServedBefore">The served targets that an earlier part of the run served.</param>
/// <param name="Skipped">The served targets that are also sources.</param>
/// <param name="Rounds">The most transfers between a first source and a served host.</param>
internal sealed record ReportCounts(int Targets, int Served, int ServedBefore, int Skipped, int Failed, int NotTried, int Rounds);

/// <param name="From">The host that served it, or that tried last.</param>
/// <param name="Round">The number of transfers between a first source and this host, if it was served.</param>
/// <param name="Failure">Why it was given up, as an index; null if it was not.</param>
internal sealed record ReportHost(string Name, HostOutcome Outcome, int? From = null, int? Round = null, int? Failure = null);

/// <summary>The outcome of a host.</summary>
[JsonConverter(typeof(HostOutcomeConverter))]
internal enum HostOutcome
{
    /// <summary>It was a source from the start.</summary>
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

    /// <summary>Why it failed, as an index; null if it succeeded.</summary>
    public int? Failure { get; init; }

    /// <summary>The source was at fault, so the failure does not count against the target; null if it counts.</summary>
    public bool? Excused { get; init; }
}

/// <param name="Message">Null if the page would become too large with it.</param>
internal sealed record ReportFailure(FailureKind Kind, string? Message = null, string? Hint = null, int? ExitCode = null, IReadOnlyList<string>? Tail = null);

/// <param name="Restored">When the source was restored; null if it was not.</param>
internal sealed record ReportSetAside(int Source, double At, int Failure, double? Restored = null);

/// <summary>An event of the run as a whole.</summary>
/// <param name="What"><c>paused</c>, <c>continued</c>, <c>stopping</c>, <c>killing</c>, <c>slots</c> or <c>exhausted</c>.</param>
/// <param name="Count">The slots of each source from now on, or the number of targets left without a source.</param>
internal sealed record ReportNote(double At, string What, int? Count = null);
