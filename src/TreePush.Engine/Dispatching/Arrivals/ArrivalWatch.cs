using System.Threading.Channels;
using TreePush.Core.Dispatching.Arrivals;
using TreePush.Engine.Folders;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>
/// Watches a folder and has each file handled that arrives in it. One loop owns the tracker and the record of seen files. While
/// all handlers are busy, arrivals wait, each at the cost of its path.
/// </summary>
/// <param name="folder">A full path. It need not be there yet.</param>
/// <param name="seen">Used by nobody else while this runs.</param>
public sealed class ArrivalWatch(string folder, Staging staging, SeenFiles seen, ArrivalOptions options, TimeProvider time)
{
    /// <summary>Changes that are taken before acknowledgements are looked at again.</summary>
    private const int MostAtOnce = 1024;

    private readonly ArrivalTracker _tracker = new(options.Quiet, options.Retry, seen.Known);
    private readonly RunClock _clock = new(time);
    private readonly Channel<HandlingReport> _reports = Channel.CreateUnbounded<HandlingReport>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskGroup _handlers = new();
    private readonly List<TaskCompletionSource> _acknowledged = [];
    private int _running;
    private Exception? _fault;

    /// <summary>How the folder is watched; tests put another watch in its place.</summary>
    internal Func<string, FolderWatchOptions, TimeProvider, IFolderWatch> StartWatch { get; init; } = FolderWatch.Start;

    /// <summary>Runs until it is cancelled. Handlers that are under way are waited for. It can be run once.</summary>
    /// <param name="arrived">Handles a file. It acknowledges the file, or the file arrives again later. What it throws ends the run.</param>
    /// <param name="refused">Told once of what can never be a package. It must not hold the caller up.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The record of seen files can't be written.</exception>
    public async Task RunAsync(Func<ArrivedFile, CancellationToken, Task> arrived, Action<RefusedFile> refused, CancellationToken ct)
    {
        var intake = new ArrivalIntake(_tracker, seen, options, refused);
        var watching = new FolderWatchOptions { Ignored = options.Filter.Ignored, Rescan = options.Rescan, Notify = options.Notify };
        await using var watch = StartWatch(folder, watching, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            while (!ct.IsCancellationRequested && _fault is null)
            {
                Turn(intake, watch.Changes);
                StartHandlers(arrived, stop.Token);
                if (_fault is null) await WaitAsync(watch.Changes, ct);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _fault ??= e;
        }
        finally
        {
            await stop.CancelAsync();
            await EndAsync();
        }

        if (_fault is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_fault);
        ct.ThrowIfCancellationRequested();
    }

    private void Turn(ArrivalIntake intake, ChannelReader<FolderChange> changes)
    {
        TakeReports();
        for (int i = 0; i < MostAtOnce && changes.TryRead(out var change); i++) intake.Take(change, _clock.Now);
        LookAgain(intake);
        Save();
    }

    /// <summary>Looks at the files that may have stood still for long enough. A folder that is away says nothing about its files.</summary>
    private void LookAgain(ArrivalIntake intake)
    {
        var due = _tracker.TakeDue(_clock.Now);
        if (due.Count == 0) return;
        using var look = FileLook.Open(folder);
        foreach (var path in due)
        {
            if (look.TryStatus(path, out var status)) intake.Take(path, status, FileSign.Found, _clock.Now);
            else if (look.IsGone) _tracker.Gone(path);
        }
    }

    private void Save()
    {
        try
        {
            seen.Save();
            _acknowledged.ForEach(a => a.SetResult());
        }
        catch (IOException e)
        {
            _fault ??= e;
            _acknowledged.ForEach(a => a.SetException(e));
        }

        _acknowledged.Clear();
    }

    private void TakeReports()
    {
        while (_reports.Reader.TryRead(out var report))
        {
            if (report.Acknowledged is { } acknowledged)
            {
                _tracker.Acknowledge(report.File.Path);
                _acknowledged.Add(acknowledged);
                continue;
            }

            _running--;
            _fault ??= report.Fault;
            _tracker.Ended(report.File.Path, report.File.HasChanged, _clock.Now);
        }
    }

    private void StartHandlers(Func<ArrivedFile, CancellationToken, Task> arrived, CancellationToken ct)
    {
        while (_running < options.Parallel && _fault is null && _tracker.TakeArrived() is { } arrival)
        {
            _running++;
            var file = new ArrivedFile(folder, arrival, staging, AcknowledgeAsync);
            _handlers.Run(() => HandleAsync(file, arrived, ct), _ => { });
        }
    }

    private async Task HandleAsync(ArrivedFile file, Func<ArrivedFile, CancellationToken, Task> arrived, CancellationToken ct)
    {
        Exception? fault = null;
        try
        {
            await arrived(file, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The file was not acknowledged, so it arrives again after a restart.
        }
        catch (Exception e)
        {
            fault = e;
        }

        _reports.Writer.TryWrite(new HandlingReport(file, null, fault));
    }

    private Task AcknowledgeAsync(ArrivedFile file)
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _reports.Writer.TryWrite(new HandlingReport(file, acknowledged, null));
        return acknowledged.Task;
    }

    private async Task WaitAsync(ChannelReader<FolderChange> changes, CancellationToken ct)
    {
        var pause = _tracker.NextDue - _clock.Now;
        if (pause <= TimeSpan.Zero) return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var change = changes.WaitToReadAsync(stop.Token).AsTask();
        var report = _reports.Reader.WaitToReadAsync(stop.Token).AsTask();
        var first = await Task.WhenAny(change, report, Task.Delay(pause ?? Timeout.InfiniteTimeSpan, time, stop.Token));
        await stop.CancelAsync();
        if (first == change && !await change) await changes.Completion;
    }

    /// <summary>Waits for handlers, which may still acknowledge.</summary>
    private async Task EndAsync()
    {
        while (_running > 0)
        {
            await _reports.Reader.WaitToReadAsync(CancellationToken.None);
            TakeReports();
            Save();
        }

        await _handlers.WaitAsync();
    }
}
