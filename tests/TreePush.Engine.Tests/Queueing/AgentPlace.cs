using System.Security.Cryptography;
using TreePush.Core.Queueing;
using TreePush.Core.Runs;
using TreePush.Engine.Queueing;
using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing;

/// <summary>
/// An agent on tasks in memory, with time that a test moves. Its command is real, and by default copies from the folder of a source
/// (<see cref="AtSource"/>).
/// </summary>
internal sealed class AgentPlace : IAsyncDisposable
{
    public const string Name = "agent-1";

    private readonly Temporary _temporary = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<AgentEvent> _events = [];
    private Task<Failure?> _running = Task.FromResult<Failure?>(null);

    public AgentPlace()
    {
        Store = new TableStore(Time);
        Directory.CreateDirectory(Root);
        Options = new AgentOptions { Name = Name, Roots = [Root], Lease = TableStore.Lease, Command = $"cp '{_temporary.Directory}'/\"$TPUSH_SRC\" \"$TPUSH_PATH.new\" && mv \"$TPUSH_PATH.new\" \"$TPUSH_PATH\"" };
    }

    public ManualTime Time { get; } = new();

    public TableStore Store { get; }

    public AgentOptions Options { get; set; }

    public string Root => _temporary["root"];

    public string Logs => _temporary["logs"];

    /// <summary>The task's file on the agent's machine.</summary>
    public string File => Path.Combine(Root, "f");

    public string this[string file] => _temporary[file];

    public IReadOnlyList<AgentEvent> Events
    {
        get
        {
            lock (_events) return [.. _events];
        }
    }

    /// <summary>Submits a task for <see cref="File"/>, or another path.</summary>
    public async Task<TaskSpec> SubmitAsync(string text, string? path = null) => await Store.SubmitAsync(
        new TaskDraft(path ?? File, text.Length, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))), Slots: 1, MaxAttempts: 3), CancellationToken.None);

    /// <summary>Submits a task that a source has the file of.</summary>
    public async Task<TaskSpec> SubmitWithSourceAsync(string text, string source = "source-1")
    {
        var task = await SubmitAsync(text);
        await OfferAsync(task, source, text);
        return task;
    }

    public async Task OfferAsync(TaskSpec task, string source, string text)
    {
        System.IO.File.WriteAllText(AtSource(source), text);
        await Store.OfferAsync(task.Id, source, null, CancellationToken.None);
    }

    public string AtSource(string source) => _temporary[source];

    public void Start()
    {
        var context = new AgentContext(Store, new LocalDriver(TimeProvider.System), AgentLogs.Open(Logs, Time.GetUtcNow()), Time) { Observe = Observe };
        _running = Task.Run(() => new Agent(Options, context).RunAsync(_stop.Token));
    }

    public Task<Failure?> StopAsync()
    {
        _stop.Cancel();
        return EndAsync();
    }

    public Task<Failure?> EndAsync() => _running.WaitAsync(Patience.Usual);

    public async Task<T> SeeAsync<T>(Func<T, bool>? which = null, int times = 1)
        where T : AgentEvent
    {
        await UntilAsync(() => Found().Count() >= times);
        return Found().ElementAt(times - 1);

        IEnumerable<T> Found() => Events.OfType<T>().Where(which ?? (_ => true));
    }

    public Task UntilAsync(Func<bool> condition) => Wait.UntilAsync(condition, Patience.Usual, () => string.Join("\n", Events));

    /// <summary>Lets time pass in steps until something is so.</summary>
    public Task PassUntilAsync(Func<bool> condition) => UntilAsync(() =>
    {
        if (condition()) return true;
        Time.Pass(TimeSpan.FromSeconds(0.5));
        return false;
    });

    public int Count<T>() => Events.OfType<T>().Count();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _temporary.Dispose();
    }

    private void Observe(AgentEvent happened)
    {
        lock (_events) _events.Add(happened);
    }
}
