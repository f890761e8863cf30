using TreePush.Core.Syncing;

namespace TreePush.Cli.Output.Html;

/// <summary>
/// The data of the report page of a sync. Times are seconds since the run began, sizes bytes, rates bytes per second.
/// Hosts, failures and digests are identified by their index in their list.
/// </summary>
internal sealed record SyncReportData
{
    public required string Run { get; init; }

    public required string Command { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required double Seconds { get; init; }

    public required int ExitCode { get; init; }

    public required bool Interrupted { get; init; }

    public required bool DryRun { get; init; }

    /// <summary>The topology in the syntax of <c>--topology</c>.</summary>
    public required string Topology { get; init; }

    /// <summary>The size of SRC; null if the source was not listed completely.</summary>
    public required ReportSource? Scan { get; init; }

    public required ReportCounts Counts { get; init; }

    public required IReadOnlyList<SyncReportHost> Hosts { get; init; }

    public required IReadOnlyList<ReportLink> Links { get; init; }

    public required IReadOnlyList<ReportFailure> Failures { get; init; }

    public required IReadOnlyList<string> Digests { get; init; }

    /// <summary>The bytes that all targets together had received, over time.</summary>
    public required IReadOnlyList<ReportAmount> Received { get; init; }

    public required IReadOnlyList<SyncReportNote> Notes { get; init; }

    /// <summary>The first file warnings; <see cref="FileCount"/> counts all of them.</summary>
    public required IReadOnlyList<ReportFile> Files { get; init; }

    public required int FileCount { get; init; }
}

internal sealed record ReportSource(int Entries, long Bytes);

/// <param name="From">The host that it received from last.</param>
internal sealed record SyncReportHost(string Name, HostOutcome Outcome, int? From = null, int? Failure = null)
{
    /// <summary>When the start of its relay began.</summary>
    public double? Opening { get; init; }

    /// <summary>When its relay was ready.</summary>
    public double? Ready { get; init; }

    /// <summary>When it was delivered.</summary>
    public double? Delivered { get; init; }

    public double? Lost { get; init; }

    public Need? Need { get; init; }

    public ReportReceipt? Receipt { get; init; }

    public ReportSlowness? Slow { get; init; }

    /// <summary>Why it is excluded as a parent; null if it is not.</summary>
    public string? Excluded { get; init; }
}

internal sealed record ReportReceipt(long Received, long Sent, int Written, int Deleted, int Digest);

internal sealed record ReportSlowness(double At, double Rate, double Typical);

internal sealed record ReportLink(int Source, int Target, double Start)
{
    public double End { get; init; }

    /// <summary>The link goes through the controller's ssh connections.</summary>
    public bool? Relayed { get; init; }

    /// <summary>Why it ended early; null if it did not.</summary>
    public string? Fault { get; init; }

    public string? Message { get; init; }
}

internal sealed record ReportAmount(double At, long Bytes);

/// <summary>An event of the run as a whole.</summary>
/// <param name="What"><c>stopping</c>, <c>killing</c>, <c>topology</c>, <c>replaced</c>, <c>source_lost</c> or <c>exhausted</c>.</param>
/// <param name="Text">The topology, or the reason.</param>
internal sealed record SyncReportNote(double At, string What, int? Host = null, string? Text = null, int? Count = null);

internal sealed record ReportFile(int Host, string Path, string Message);
