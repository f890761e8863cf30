using System.Collections.Concurrent;
using TreePush.Core.Manifests;
using TreePush.Engine.Folders;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Folders;

/// <summary>A folder that is watched, and what the watch has told so far.</summary>
internal sealed class ObservedFolder : IAsyncDisposable
{
    private readonly Temporary _temporary = new();
    private readonly ConcurrentQueue<FolderNotice> _notices = new();
    private readonly ConcurrentQueue<FolderChange> _changes = new();
    private readonly TaskCompletionSource _mayRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IFolderWatch? _watch;
    private Task _reading = Task.CompletedTask;

    public ManualTime Time { get; } = new();

    /// <summary>The folder, which is there unless a test removes it.</summary>
    public string Folder { get; }

    public string Outside => _temporary["outside"];

    public FolderWatchOptions Options { get; init; } = new();

    /// <summary>Whether <see cref="StartAsync"/> leaves it to <see cref="Read"/> to take what the watch tells.</summary>
    public bool ReadsLater { get; init; }

    public bool IsPolled { get; init; }

    public ObservedFolder()
    {
        Folder = _temporary["watched"];
        Directory.CreateDirectory(Folder);
        Directory.CreateDirectory(Outside);
    }

    public string this[string path] => Path.Combine(Folder, path);

    public IReadOnlyCollection<FolderChange> Changes => _changes;

    public IReadOnlyCollection<string> Notices => [.. _notices.Select(n => n.ToString())];

    public async Task StartAsync()
    {
        var options = Options with { Notify = _notices.Enqueue };
        _watch = IsPolled ? PolledWatch.Start(Folder, options, Time) : FolderWatch.Start(Folder, options, Time);
        _reading = Task.Run(async () =>
        {
            if (ReadsLater) await _mayRead.Task;
            await foreach (var change in _watch.Changes.ReadAllAsync()) _changes.Enqueue(change);
        });
        if (!ReadsLater && Directory.Exists(Folder)) await ScannedAsync();
    }

    public void Read() => _mayRead.TrySetResult();

    public void Rescan() => _watch!.Rescan();

    public Task ScannedAsync(int times = 1) =>
        UntilAsync(() => _changes.Count(c => c.Kind is FolderChangeKind.ScannedWhole or FolderChangeKind.ScannedPartly) >= times, "a scan has ended");

    public Task ToldAsync(FolderChangeKind kind, string path) => UntilAsync(() => Has(kind, path), $"{kind} {path}");

    public bool Has(FolderChangeKind kind, string path) => _changes.Contains(kind, RelativePath.Of(path));

    public async Task WriteAsync(string path, string text = "text") => await File.WriteAllTextAsync(this[path], text);

    public Task UntilAsync(Func<bool> condition, string what) =>
        Wait.UntilAsync(condition, Patience.Usual, () => $"{what}; told: {string.Join(", ", _changes.TakeLast(20).Select(c => $"{c.Kind} {c.Path}"))}; notices: {string.Join("; ", Notices)}");

    public async Task StopAsync()
    {
        if (_watch is not null) await _watch.DisposeAsync();
        Read();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _temporary.Dispose();
    }
}
