using TreePush.Core.Syncing;

namespace TreePush.Cli.Output.Html;

/// <summary>
/// All that the report page of a sync is drawn from. Times are seconds since the run began, sizes bytes, rates bytes per second;
/// hosts, failures and digests are named by their place in their list.
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

    /// <summary>As <c>--topology</c> has it.</summary>
    public required string Topology { get; init; }

    /// <summary>What there was to bring; null where the source was not read to its end.</summary>
    public required ReportSource? Scan { get; init; }

    public required ReportCounts Counts { get; init; }

    public required IReadOnlyList<SyncReportHost> Hosts { get; init; }

    public required IReadOnlyList<ReportLink> Links { get; init; }

    public required IReadOnlyList<ReportFailure> Failures { get; init; }

    public required IReadOnlyList<string> Digests { get; init; }

    /// <summary>What all targets together had received at a time.</summary>
    public required IReadOnlyList<ReportAmount> Received { get; init; }

    public required IReadOnlyList<SyncReportNote> Notes { get; init; }

    /// <summary>What was odd about files; of very many the first, and all are counted.</summary>
    public required IReadOnlyList<ReportFile> Files { get; init; }

    public required int FileCount { get; init; }
}

internal sealed record ReportSource(int Entries, long Bytes);

/// <param name="From">From whom it received last.</param>
internal sealed record SyncReportHost(string Name, HostOutcome Outcome, int? From = null, int? Failure = null)
{
    /// <summary>When its relay was being started.</summary>
    public double? Opening { get; init; }

    /// <summary>When that ran.</summary>
    public double? Ready { get; init; }

    /// <summary>When it had everything.</summary>
    public double? Delivered { get; init; }

    public double? Lost { get; init; }

    public Need? Need { get; init; }

    public ReportReceipt? Receipt { get; init; }

    public ReportSlowness? Slow { get; init; }

    /// <summary>Why it serves no other host any more; null where it may.</summary>
    public string? Excluded { get; init; }
}

internal sealed record ReportReceipt(long Received, long Sent, int Written, int Deleted, int Digest);

internal sealed record ReportSlowness(double At, double Rate, double Typical);

internal sealed record ReportLink(int Source, int Target, double Start)
{
    public double End { get; init; }

    /// <summary>Through the controller's ssh connections.</summary>
    public bool? Relayed { get; init; }

    /// <summary>Why it ended early; null where it did not.</summary>
    public string? Fault { get; init; }

    public string? Message { get; init; }
}

internal sealed record ReportAmount(double At, long Bytes);

/// <summary>Something that concerns the run as a whole.</summary>
/// <param name="What"><c>stopping</c>, <c>killing</c>, <c>topology</c>, <c>replaced</c>, <c>source_lost</c> or <c>exhausted</c>.</param>
/// <param name="Text">The topology, or the reason.</param>
internal sealed record SyncReportNote(double At, string What, int? Host = null, string? Text = null, int? Count = null);

internal sealed record ReportFile(int Host, string Path, string Message);
