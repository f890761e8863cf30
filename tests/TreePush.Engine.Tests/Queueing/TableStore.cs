using TreePush.Core.Queueing;
using TreePush.Core.Runs;
using TreePush.Engine.Queueing;

namespace TreePush.Engine.Tests.Queueing;

/// <summary>Tasks in memory, by the rules that the scripts on Redis follow, with outages at a test's will.</summary>
internal sealed class TableStore(TimeProvider time) : ITaskStore
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ClaimTable> _tables = [];
    private readonly Dictionary<string, TaskCompletionSource> _signals = [];
    private int _tasks;

    /// <summary>Thrown by every call while it is set.</summary>
    public TaskStoreException? Outage { get; set; }

    /// <summary>How far the store's clock is ahead.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>The value of the plain key.</summary>
    public string? Plain { get; set; }

    /// <summary>The names of the calls that came through, oldest first.</summary>
    public List<string> Calls { get; } = [];

    public List<string> Reported { get; } = [];

    public static TaskStoreException Away(bool mayPass = true) => new(new Failure(FailureKind.HostUnreachable, mayPass ? "Redis is away" : "the password is wrong"), mayPass);

    public Task<TaskSpec> SubmitAsync(TaskDraft draft, CancellationToken ct) => Do("submit", () => Submit($"{draft.Path}:{draft.Sha256[..8]}", draft));

    public Task<IReadOnlyList<TaskSpec>> OpenTasksAsync(CancellationToken ct) => Do<IReadOnlyList<TaskSpec>>("open", () => [.. _tables.Values.Where(t => t.State == TaskState.Open).Select(t => t.Spec).OrderBy(t => t.Created)]);

    public Task<string?> PlainPathAsync(CancellationToken ct) => Do("plain", () => _tables.ContainsKey(TaskSpec.PlainId) ? null : Plain);

    public Task<TaskSpec?> AdoptAsync(TaskDraft draft, CancellationToken ct) => Do("adopt", () => draft.Path == Plain ? Submit(TaskSpec.PlainId, draft) : null);

    public Task<ClaimAnswer> ClaimAsync(string task, string host, string? zone, CancellationToken ct) =>
        Do("claim", () => _tables.TryGetValue(task, out var table) ? table.Claim(host, zone, Lease, Now) : new ClaimAnswer(ClaimResult.Unknown));

    public Task<bool> RenewAsync(string task, string host, long token, CancellationToken ct) => On("renew", task, t => t.Renew(host, token, Lease, Now));

    public Task<bool> FinishAsync(string task, string host, long token, CancellationToken ct) => On("finish", task, t => t.Finish(host, token, Now));

    public Task<bool> FailAsync(string task, string host, long token, string reason, FaultOf fault, CancellationToken ct) => On($"fail {fault}", task, t => t.Fail(host, token, reason, fault, Now));

    public Task<bool> ReleaseAsync(string task, string host, long token, CancellationToken ct) => On("release", task, t => t.Release(host, token, Now));

    public Task OfferAsync(string task, string host, string? zone, CancellationToken ct) => On("offer", task, t => Void(() => t.Offer(host, zone, Now)));

    public Task WithdrawAsync(string task, string host, CancellationToken ct) => On("withdraw", task, t => Void(() => t.Withdraw(host, Now)));

    public Task<bool> CancelAsync(string task, CancellationToken ct) => On("cancel", task, t => t.Cancel(Now));

    public Task<TaskView?> ViewAsync(string task, CancellationToken ct) => Do("view", () => _tables.TryGetValue(task, out var table) ? table.View(Now) : null);

    public Task<IReadOnlyList<TaskSummary>> ListAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task ReportAsync(string host, string? zone, CancellationToken ct) => Do("report", () => Void(() => Reported.Add(host)));

    public Task<IReadOnlyList<AgentRecord>> AgentsAsync(CancellationToken ct) => throw new NotSupportedException();

    public async Task WaitAsync(string host, TimeSpan most, CancellationToken ct)
    {
        var woken = await Do("wait", () => SignalOf(host).Task);
        if (most > TimeSpan.Zero) await Task.WhenAny(woken, Task.Delay(most, time, ct));
        ct.ThrowIfCancellationRequested();
        lock (_gate)
            if (SignalOf(host).Task.IsCompleted) _signals.Remove(host);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What the tasks know of a host, without counting as a call.</summary>
    public TaskHost? Find(string task, string host)
    {
        lock (_gate) return _tables[task].View(Now).Hosts.FirstOrDefault(h => h.Name == host);
    }

    /// <summary>As a server that was restarted with nothing in it.</summary>
    public void Empty()
    {
        lock (_gate) _tables.Clear();
    }

    public int Count(string call)
    {
        lock (_gate) return Calls.Count(c => c == call);
    }

    /// <summary>Wakes a host, as another one's call may. It stays woken until it has waited.</summary>
    public void Wake(string host)
    {
        lock (_gate) SignalOf(host).TrySetResult();
    }

    private DateTimeOffset Now => time.GetUtcNow() + Skew;

    private TaskSpec Submit(string id, TaskDraft draft)
    {
        if (!_tables.TryGetValue(id, out var table))
            _tables[id] = table = new ClaimTable(new TaskSpec(id, draft.Path, draft.Size, draft.Sha256, draft.Slots, draft.MaxAttempts, Now.AddMilliseconds(_tasks++)));
        else table.Submit(Now);
        foreach (var signal in _signals.Values) signal.TrySetResult();
        return table.Spec;
    }

    private TaskCompletionSource SignalOf(string host)
    {
        if (!_signals.TryGetValue(host, out var signal)) _signals[host] = signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return signal;
    }

    private Task<bool> On(string name, string task, Func<ClaimTable, bool> call) => Do(name, () => _tables.TryGetValue(task, out var table) && call(table));

    private Task<T> Do<T>(string name, Func<T> call)
    {
        lock (_gate)
        {
            if (Outage is { } outage) return Task.FromException<T>(outage);
            Calls.Add(name);
            var answer = call();
            foreach (string host in _tables.Values.SelectMany(t => t.TakeWoken()).ToList()) Wake(host);
            return Task.FromResult(answer);
        }
    }

    private static bool Void(Action call)
    {
        call();
        return true;
    }
}
