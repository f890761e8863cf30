using System.Text;
using System.Threading.Channels;
using TreePush.Core.Manifests;

namespace TreePush.Engine.Folders;

/// <summary>
/// Watches a folder by scans, where the system has no inotify. What .NET's own watcher tells is taken for a hint that a scan
/// will find something: it may lose changes, and does not say what kind they are.
/// </summary>
internal sealed class PolledWatch : IFolderWatch
{
    /// <summary>Changes within this time are found by one scan.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private readonly string _folder;
    private readonly FolderWatchOptions _options;
    private readonly TimeProvider _time;
    private readonly WatchNotices _notices;
    private readonly Channel<FolderChange> _changes = Channel.CreateBounded<FolderChange>(new BoundedChannelOptions(FolderWatch.Room) { SingleReader = true, SingleWriter = true });
    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private FileSystemWatcher? _watcher;

    private PolledWatch(string folder, FolderWatchOptions options, TimeProvider time)
    {
        (_folder, _options, _time, _notices) = (folder, options, time, new WatchNotices(folder, options.Notify));
        _running = Task.Run(RunAsync);
    }

    public ChannelReader<FolderChange> Changes => _changes.Reader;

    public static PolledWatch Start(string folder, FolderWatchOptions options, TimeProvider time) => new(folder, options, time);

    public void Rescan() => _hints.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _watcher?.Dispose();
    }

    private async Task RunAsync()
    {
        Exception? fault = null;
        try
        {
            while (true)
            {
                await ScanAllAsync();
                await WaitAsync();
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Disposed of.
        }
        catch (Exception e)
        {
            fault = e;
        }

        _changes.Writer.TryComplete(fault);
    }

    private async Task WaitAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        var hint = _hints.Reader.WaitToReadAsync(stop.Token).AsTask();
        await Task.WhenAny(hint, Task.Delay(_options.Rescan, _time, stop.Token));
        bool isHint = hint.IsCompletedSuccessfully;
        await stop.CancelAsync();
        _end.Token.ThrowIfCancellationRequested();
        if (isHint && _watcher is not null) await Task.Delay(Burst, _time, _end.Token);
        _hints.Reader.TryRead(out _);
    }

    private async Task ScanAllAsync()
    {
        if (!Directory.Exists(_folder))
        {
            _watcher?.Dispose();
            _watcher = null;
            _notices.FolderIsAway(-1, "it is not there");
            return;
        }

        _notices.FolderIsThere();
        Listen();
        var root = new EntryStatus(EntryType.Folder, 0, 0, 0, 0);
        await TellAsync(new FolderChange(FolderChangeKind.ScanStarted, RelativePath.Root, root));
        bool isWhole = await ScanAsync();
        await TellAsync(new FolderChange(isWhole ? FolderChangeKind.ScannedWhole : FolderChangeKind.ScannedPartly, RelativePath.Root, root));
    }

    private async Task<bool> ScanAsync()
    {
        bool isWhole = true;
        var folders = new Stack<(string Place, RelativePath Path)>([(_folder, RelativePath.Root)]);
        while (folders.TryPop(out var folder))
            try
            {
                foreach (var entry in new DirectoryInfo(folder.Place).EnumerateFileSystemInfos("*", All))
                {
                    if (!folder.Path.TryChild(Encoding.UTF8.GetBytes(entry.Name), out var path)) continue;
                    var status = StatusOf(entry);
                    if (_options.Ignored.Excludes(path.Bytes, status.Type == EntryType.Folder)) continue;
                    if (status.Type == EntryType.Folder) folders.Push((entry.FullName, path));
                    await TellAsync(new FolderChange(FolderChangeKind.Found, path, status));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                isWhole = false;
                if (Directory.Exists(folder.Place)) _notices.Unreadable(folder.Path, e.Message);
            }

        return isWhole;
    }

    internal static EntryStatus StatusOf(FileSystemInfo entry)
    {
        var type = entry.Attributes.HasFlag(FileAttributes.ReparsePoint) ? EntryType.SymbolicLink : entry is DirectoryInfo ? EntryType.Folder : EntryType.File;
        return new EntryStatus(type, type == EntryType.File ? ((FileInfo)entry).Length : 0, (entry.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick, 0, 0);
    }

    private void Listen()
    {
        if (_watcher is not null) return;
        try
        {
            _watcher = new FileSystemWatcher(_folder) { IncludeSubdirectories = true };
            _watcher.Created += (_, _) => Rescan();
            _watcher.Changed += (_, _) => Rescan();
            _watcher.Renamed += (_, _) => Rescan();
            _watcher.Deleted += (_, _) => Rescan();
            _watcher.Error += (_, _) => Rescan();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    private ValueTask TellAsync(FolderChange change) => _changes.Writer.WriteAsync(change, _end.Token);
}
