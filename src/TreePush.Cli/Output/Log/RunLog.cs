using System.Globalization;
using Serilog;
using Serilog.Core;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Log;

/// <summary>
/// The log of all runs, <c>&lt;logdir&gt;/treepush.log</c>: one line for each event, in at most ten files of 10 MB. It
/// contains no values of host lists.
/// </summary>
internal sealed class RunLog : IRunObserver, IDisposable
{
    private const long FileLimit = 10 << 20;
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {Run} {Message:lj}{NewLine}";

    private readonly Logger _logger;

    public RunLog(string logFolder, string run, bool debug)
    {
        var settings = new LoggerConfiguration().Enrich.WithProperty("Run", run);
        settings = debug ? settings.MinimumLevel.Debug() : settings.MinimumLevel.Information();
        _logger = settings.WriteTo.File(Path.Combine(logFolder, "treepush.log"), outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture,
            rollOnFileSizeLimit: true, fileSizeLimitBytes: FileLimit, retainedFileCountLimit: 10, shared: true).CreateLogger();
    }

    public void Debug(string text) => _logger.Debug("{Text:l}", text);

    public void OnEvent(RunEvent happened)
    {
        switch (happened)
        {
            case RunStarted e: Started(e); break;
            case TargetSkipped e: _logger.Information("{Target} is skipped: it is also a source", e.Target); break;
            case SourceReady e: _logger.Debug("{Source} is ready after {Seconds:0.000} s", e.Source, e.Took.TotalSeconds); break;
            case SourceSetAside e: _logger.Warning("{Source} is set aside: {Failure:l}", e.Source, e.Failure.ToString()); break;
            case SourceRestored e: _logger.Information("{Source} is a source again", e.Source); break;
            case TransferStarted e: _logger.Information("{Source} -> {Target} started, attempt {Attempt}", e.Source, e.Target, e.Attempt); break;
            case TransferSucceeded e: _logger.Information("{Source} -> {Target} done in {Seconds:0.000} s", e.Source, e.Target, e.Took.TotalSeconds); break;
            case TransferFailed e: _logger.Warning("{Source} -> {Target} failed after {Seconds:0.000} s: {Failure:l}", e.Source, e.Target, e.Took.TotalSeconds, e.Failure.ToString()); break;
            case TargetServed { Receipt: { } receipt } e: Delivered(e, receipt); break;
            case TargetFailed e: _logger.Error("{Target} is given up after {Attempts} attempt(s): {Failure:l}", e.Target, e.Attempts, e.Failure.ToString()); break;
            case TargetRequeued e: _logger.Information("{Target} is retried: its source {Source} was at fault", e.Target, e.Source); break;
            case SlotsChanged e: _logger.Information("-m auto: {Slots} transfers at once on each source", e.Slots); break;
            case RunPaused: _logger.Information("paused"); break;
            case RunContinued: _logger.Information("continued"); break;
            case RunStopping e: _logger.Warning("stopping: running transfers {Fate:l}", e.Kill ? "are ended" : "may end"); break;
            case ServedCannotServe e: _logger.Warning("served hosts can't log in to other hosts, so only the given sources serve: {Failure:l}", e.Failure.ToString()); break;
            case SourcesExhausted e: _logger.Error("no source is left for {Remaining} targets", e.Remaining); break;
            case RunFinished e: Finished(e); break;
            default: OnSyncEvent(happened); break;
        }
    }

    private void OnSyncEvent(RunEvent happened)
    {
        switch (happened)
        {
            case HostReady e: _logger.Debug("{Host} is ready as {Role:l} after {Seconds:0.000} s", e.Host, e.Role.ToString(), e.Took.TotalSeconds); break;
            case SourceScanned e: _logger.Information("{Source} has {Entries} entries, {Bytes} bytes", e.Source, e.Entries, e.Bytes); break;
            case TopologyChosen e: _logger.Information("topology {Topology:l}", e.Topology.ToString()); break;
            case HostLinked e: _logger.Information("link {Link}: {Parent} -> {Child} ({Route:l})", e.Link, e.Parent, e.Child, e.Route.ToString()); break;
            case LinkFailed e: _logger.Warning("link {Link}: {Parent} -> {Child} ({Route:l}) failed, {Fault:l}: {Message:l}", e.Link, e.Parent, e.Child, e.Route.ToString(), e.Fault.ToString(), e.Message); break;
            case HostScanned e: _logger.Information("{Host} needs {Files} files, {Bytes} bytes; {Changes} changes, {Deletions} deletions", e.Host, e.Need.Files, e.Need.Bytes, e.Need.Changes, e.Need.Deletions); break;
            case HostDemoted e: _logger.Warning("{Host} is slow and was demoted: {Rate:0} B/s, others {Typical:0} B/s", e.Host, e.Rate, e.Typical); break;
            case HostStalled e: _logger.Warning("the disk of {Host} has not responded for {Seconds:0} s", e.Host, e.Stalled.TotalSeconds); break;
            case HostExcluded e: _logger.Warning("{Host} is excluded as a parent: {Reason:l}", e.Host, DisplayText.Line(e.Reason)); break;
            case SourceReplaced e: _logger.Warning("source {Source} is lost, {Successor} takes its place", e.Source, e.Successor); break;
            case HostLost e: _logger.Warning("{Host} is lost: {Failure:l}", e.Host, e.Failure.ToString()); break;
            case FileWarning e: _logger.Warning("{Host}: {Path:l}: {Message:l}", e.Host, DisplayText.Line(e.Path), DisplayText.Line(e.Message)); break;
        }
    }

    private void Started(RunStarted e) => _logger.Information(
        "treepush {Version:l}, run started: {Job:l}, {Targets} targets, {Sources} sources, {Served} served before{DryRun:l}: {Command:l}",
        e.Version, e.Job.ToString().ToLowerInvariant(), e.Targets, e.Sources, e.Served, e.DryRun ? ", dry run" : "", e.Command);

    private void Delivered(TargetServed e, Receipt receipt) => _logger.Information(
        "{Target} has everything after {Seconds:0.000} s, last from {Source:l}: {Received} bytes received, {Sent} sent, {Written} files written, {Deleted} deleted, digest {Digest:l}",
        e.Target, e.Took.TotalSeconds, e.Source?.Value ?? "no host", receipt.Received, receipt.Sent, receipt.Written, receipt.Deleted, receipt.Digest);

    private void Finished(RunFinished e) => _logger.Information(
        "run finished after {Seconds:0.000} s: {Succeeded} succeeded, {Failed} failed, {NotTried} not tried",
        e.Took.TotalSeconds, e.Succeeded, e.Failed, e.NotTried);

    public void Dispose() => _logger.Dispose();
}
