using System.Collections.Concurrent;
using TreePush.Engine.Dispatching.Arrivals;
using TreePush.Engine.Folders;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Arrivals;

/// <summary>A watched folder, a handler that stages and acknowledges, and what it got. It can be stopped and started again, as a process can.</summary>
internal sealed class WatchedPlace : IAsyncDisposable
{
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly Temporary _temporary = new();
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private TaskCompletionSource _scanned = new();

    public WatchedPlace()
    {
        Folder = Directory.CreateDirectory(_temporary["watched"]).FullName;
        Outside = Directory.CreateDirectory(_temporary["outside"]).FullName;
    }

    public ManualTime Time { get; } = new();

    public string Folder { get; }

    public string Outside { get; }

    public ArrivalOptions Options { get; init; } = new();

    public ConcurrentQueue<ArrivedFile> Arrived { get; } = new();

    public ConcurrentQueue<StagingOutcome> Staged { get; } = new();

    public ConcurrentQueue<RefusedFile> Refused { get; } = new();

    public ConcurrentQueue<FolderNotice> Notices { get; } = new();

    /// <summary>Called before a file is staged; what it throws, the handler throws.</summary>
    public Func<ArrivedFile, CancellationToken, Task> BeforeStaging { get; set; } = (_, _) => Task.CompletedTask;

    public bool Acknowledges { get; set; } = true;

    public string this[string path] => Path.Combine(Folder, path);

    public IEnumerable<string> Names => Staged.Where(s => s.Package is not null).Select(s => s.Package!.Name);

    public async Task StartAsync()
    {
        _stop = new CancellationTokenSource();
        _scanned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running = Task.Run(RunAsync);
        await Task.WhenAny(_scanned.Task, _running).WaitAsync(Patience.Usual);
    }

    /// <summary>As SIGKILL would, except that files are closed: nothing is acknowledged any more.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await FluentActions.Awaiting(() => _running.WaitAsync(Patience.Usual)).Should().ThrowAsync<OperationCanceledException>();
        _running = Task.CompletedTask;
    }

    public Task RunningAsync() => _running.WaitAsync(Patience.Usual);

    /// <summary>Writes a file elsewhere, and moves it in.</summary>
    public void MoveIn(string path, string text = "text")
    {
        string temporary = Path.Combine(Outside, Path.GetRandomFileName());
        File.WriteAllText(temporary, text);
        File.Move(temporary, this[path], overwrite: true);
    }

    public Task StagedAsync(params string[] names) => UntilAsync(() => names.All(n => Names.Contains(n)), $"staged: {string.Join(", ", names)}");

    /// <summary>Lets time pass, again and again, as files may not have been observed yet.</summary>
    public Task StagedInTimeAsync(params string[] names) => UntilAsync(
        () =>
        {
            Time.Pass(Quiet);
            return names.All(n => Names.Contains(n));
        },
        $"staged in time: {string.Join(", ", names)}");

    /// <summary>Ends when all that happened in the folder before has been taken.</summary>
    public async Task SettledAsync()
    {
        string marker = $"marker-{Path.GetRandomFileName()}";
        MoveIn(marker);
        await StagedAsync(marker);
    }

    public Task UntilAsync(Func<bool> condition, string what) => Wait.UntilAsync(
        condition, Patience.Usual,
        () => $"{what}; staged: {string.Join(", ", Staged.TakeLast(10))}; refused: {string.Join(", ", Refused)}; notices: {string.Join(", ", Notices)}; {_running.Status} {_running.Exception}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_running).WaitAsync(Patience.Usual);
        _stop.Dispose();
        _temporary.Dispose();
    }

    private async Task RunAsync()
    {
        using var staging = Staging.Open(_temporary["copies"]);
        using var seen = SeenFiles.Open(_temporary["seen.jsonl"]);
        var watch = new ArrivalWatch(Folder, staging, seen, Options with { Notify = Notices.Enqueue }, Time)
        {
            StartWatch = (folder, options, time) => new TellingWatch(FolderWatch.Start(folder, options, time), _scanned),
        };
        await watch.RunAsync(HandleAsync, Refused.Enqueue, _stop.Token);
    }

    private async Task HandleAsync(ArrivedFile file, CancellationToken ct)
    {
        Arrived.Enqueue(file);
        await BeforeStaging(file, ct);
        var outcome = await file.StageAsync(ct);
        if (Acknowledges && outcome.Package is not null) await file.AcknowledgeAsync(CancellationToken.None);
        Staged.Enqueue(outcome);
    }
}
