using System.Threading.Channels;
using TreePush.Core.Manifests;
using TreePush.Engine.Folders.Native;

namespace TreePush.Engine.Folders.Linux;

/// <summary>
/// Watches a folder by inotify(7), on a thread of its own, which alone touches the state. While nobody reads the changes the
/// thread waits and the kernel's queue fills; when that overflows, the folder is scanned again.
/// </summary>
internal sealed class InotifyWatch : IFolderWatch
{
    /// <summary>How often the thread looks whether the folder is still the one that it watches.</summary>
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(2);

    private readonly string _folder;
    private readonly FolderWatchOptions _options;
    private readonly WatchSchedule _schedule;
    private readonly WatchNotices _notices;
    private readonly Channel<FolderChange> _changes = Channel.CreateBounded<FolderChange>(new BoundedChannelOptions(FolderWatch.Room) { SingleReader = true, SingleWriter = true });
    private readonly WakeUp _wakeUp = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ITimer _timer;
    private readonly Task _thread;
    private EntryStatus? _root;
    private WatchedFolders? _watched;
    private volatile bool _scanDue = true;

    private InotifyWatch(string folder, FolderWatchOptions options, TimeProvider time)
    {
        (_folder, _options, _schedule, _notices) = (folder, options, new WatchSchedule(options, time), new WatchNotices(folder, options.Notify));
        _thread = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _timer = time.CreateTimer(_ => _wakeUp.Ring(), null, CheckPeriod, CheckPeriod);
    }

    public ChannelReader<FolderChange> Changes => _changes.Reader;

    public static InotifyWatch Start(string folder, FolderWatchOptions options, TimeProvider time) => new(folder, options, time);

    public void Rescan()
    {
        _scanDue = true;
        _wakeUp.Ring();
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested) return;
        await _timer.DisposeAsync();
        await _end.CancelAsync();
        _wakeUp.Ring();
        await _thread;
        _wakeUp.Dispose();
    }

    private void Run()
    {
        Exception? fault = null;
        try
        {
            while (!_end.IsCancellationRequested) Turn();
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Disposed of in the middle of a scan.
        }
        catch (Exception e)
        {
            fault = e;
        }

        Release();
        _changes.Writer.TryComplete(fault);
    }

    /// <summary>
    /// The folder is opened for each turn anew, and looked at: it may have been replaced, and an open one could not be unmounted.
    /// </summary>
    private void Turn()
    {
        int error = FolderTree.Open(_folder, out var tree);
        using (tree)
        {
            if (tree is null) Away(error);
            else
            {
                if (_root is not { } root || !root.IsSameEntry(tree.Status)) Begin(tree);
                if (_scanDue || _schedule.IsScanDue) ScanAll(tree);
                TakeEvents(tree);
            }
        }

        if (tree is null || !_scanDue) _wakeUp.Wait(_watched?.Queue.Descriptor ?? -1);
    }

    private void Away(int error)
    {
        Release();
        _notices.FolderIsAway(error);
    }

    private void Begin(FolderTree tree)
    {
        if (_root is null) _notices.FolderIsThere();
        else _notices.FolderWasReplaced();
        Release();
        int error = InotifyQueue.Open(out var queue);
        _watched = queue is null ? null : new WatchedFolders(queue, _options.MostWatches);
        if (error != 0) _notices.NotWatched(error);
        (_root, _scanDue) = (tree.Status, true);
    }

    private void ScanAll(FolderTree tree)
    {
        _scanDue = false;
        _schedule.ScanBegins();
        _watched?.BeginScan();
        Tell(new FolderChange(FolderChangeKind.ScanStarted, RelativePath.Root, tree.Status));
        var scan = new TreeScan(tree, _options.Ignored, _watched, Tell);
        scan.Run(RelativePath.Root, FolderChangeKind.Found);
        bool isWhole = scan.Unreadable.Count == 0;
        if (isWhole) _watched?.RemoveUnseen();
        _schedule.ScanEnded(everythingIsWatched: _watched is not null && scan.WatchError == 0 && !tree.IsShared);
        _notices.ScannedAll(scan, isWatched: _watched is not null);
        Tell(new FolderChange(isWhole ? FolderChangeKind.ScannedWhole : FolderChangeKind.ScannedPartly, RelativePath.Root, tree.Status));
    }

    private void TakeEvents(FolderTree tree)
    {
        while (_watched is not null && !_end.IsCancellationRequested && _watched.Queue.TryRead(out var happened)) Take(tree, happened);
    }

    private void Take(FolderTree tree, in InotifyEvent happened)
    {
        if (happened.Is(InotifyMask.Overflow | InotifyMask.Unmount)) _scanDue = true;
        if (!_watched!.TryGet(happened.Watch, out var folder)) return;
        if (happened.Is(InotifyMask.Ignored)) _watched.Forget(happened.Watch);
        if (happened.Name.IsEmpty) return; // Of the folder itself: its parent's watch tells as well, and the next turn looks at the outermost.
        if (!folder.TryChild(happened.Name, out var path)) _notices.Unreadable(folder, Errno.NameTooLong);
        else if (!_options.Ignored.Excludes(path.Bytes, happened.IsFolder)) Take(tree, happened, path);
    }

    private void Take(FolderTree tree, in InotifyEvent happened, RelativePath path)
    {
        if (happened.Is(InotifyMask.MovedFrom | InotifyMask.Delete))
        {
            bool isTree = happened.IsFolder && happened.Is(InotifyMask.MovedFrom);
            if (isTree) _watched!.RemoveTree(path);
            Tell(new FolderChange(isTree ? FolderChangeKind.FolderMovedAway : FolderChangeKind.Gone, path, default));
        }
        else if (happened.Is(InotifyMask.Create | InotifyMask.MovedTo | InotifyMask.CloseWrite) && tree.StatusOf(path, out var status) == 0)
        {
            Tell(new FolderChange(KindOf(happened), path, status));
            if (happened.IsFolder && status.Type == EntryType.Folder) ScanNew(tree, path);
        }
    }

    private void ScanNew(FolderTree tree, RelativePath folder)
    {
        var scan = new TreeScan(tree, _options.Ignored, _watched, Tell);
        scan.Run(folder, FolderChangeKind.Created);
        if (scan.WatchError != 0) _schedule.NotEverythingIsWatched();
        _notices.Scanned(scan);
    }

    private static FolderChangeKind KindOf(in InotifyEvent happened) =>
        happened.Is(InotifyMask.MovedTo) ? FolderChangeKind.MovedIn : happened.Is(InotifyMask.Create) ? FolderChangeKind.Created : FolderChangeKind.Written;

    /// <summary>Waits for room. The thread belongs to the watch, so nobody else waits with it.</summary>
    private void Tell(FolderChange change)
    {
        while (!_changes.Writer.TryWrite(change))
            _changes.Writer.WaitToWriteAsync(_end.Token).AsTask().Wait(_end.Token);
    }

    private void Release()
    {
        _watched?.Queue.Dispose();
        (_watched, _root) = (null, null);
    }
}
