namespace TreePush.Engine.Folders;

/// <summary>When a folder is scanned again: often if not every change is told, else rarely, and never for a large part of the time.</summary>
internal sealed class WatchSchedule(FolderWatchOptions options, TimeProvider time)
{
    /// <summary>The time between two scans, as a multiple of what the last one took.</summary>
    private const int RestFactor = 200;

    private long _began;
    private long _ended;
    private TimeSpan _period = options.Reconcile;

    public bool IsScanDue => time.GetElapsedTime(_ended) >= _period;

    public void ScanBegins() => _began = time.GetTimestamp();

    public void NotEverythingIsWatched() => _period = _period < options.Rescan ? _period : options.Rescan;

    public void ScanEnded(bool everythingIsWatched)
    {
        _ended = time.GetTimestamp();
        var least = everythingIsWatched ? options.Reconcile : options.Rescan;
        var rest = time.GetElapsedTime(_began, _ended) * RestFactor;
        _period = rest > least ? rest : least;
    }
}
