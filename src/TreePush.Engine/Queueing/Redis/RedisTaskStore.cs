using StackExchange.Redis;
using TreePush.Core.Queueing;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Queueing.Redis;

/// <summary>
/// The tasks on a Redis server or cluster. Each call runs a script there, so that it is atomic; the server's clock is the only one. The connection is
/// made at the first call.
/// </summary>
public sealed class RedisTaskStore : ITaskStore
{
    private readonly TaskKeys _keys;
    private readonly RedisConnection _connection;
    private readonly WakeSignals _signals;
    private readonly WakeSubscriptions _subscriptions;
    private readonly PlainTask _plain;
    private readonly RedisValue _lease;

    public RedisTaskStore(RedisOptions options, TimeProvider time)
        : this(options, time, server => server.Version)
    {
    }

    /// <param name="options">Where the tasks are.</param>
    /// <param name="time">For waiting only.</param>
    /// <param name="versionOf">What a server says its version is.</param>
    internal RedisTaskStore(RedisOptions options, TimeProvider time, Func<IServer, Version> versionOf)
    {
        _keys = new TaskKeys(options.Prefix);
        _signals = new WakeSignals(time);
        _subscriptions = new WakeSubscriptions(_keys, _signals);
        _connection = new RedisConnection(options) { Restored = _signals.WakeAll, VersionOf = versionOf };
        _plain = new PlainTask(_keys, options.Warn);
        _lease = (long)options.Lease.TotalMilliseconds;
    }

    /// <summary>Takes the place of the server's clock in tests.</summary>
    internal Func<DateTimeOffset>? Clock { get; init; }

    private RedisValue Now => Clock is null ? RedisValue.EmptyString : Clock().ToUnixTimeMilliseconds();

    public async Task<TaskSpec> SubmitAsync(TaskDraft draft, CancellationToken ct)
    {
        string id = TaskKeys.IdOf(draft);
        var spec = TaskReplies.Spec(id, await RunAsync(RedisScript.Submit, id, ct, Of(draft)))!;
        await AnnounceAsync(spec, ct);
        return spec;
    }

    public Task<IReadOnlyList<TaskSpec>> OpenTasksAsync(CancellationToken ct) => _connection.CallAsync<IReadOnlyList<TaskSpec>>(
        async redis =>
        {
            var db = redis.GetDatabase();
            string[] ids = [.. (await db.SortedSetRangeByRankAsync(_keys.OpenTasks)).Select(id => (string)id!)];
            var tasks = await Task.WhenAll(ids.Select(id => db.HashGetAllAsync(_keys.TaskOf(id))));
            var known = ids.Zip(tasks.Select(t => t.ToDictionary(f => (string)f.Name!, f => (string?)f.Value))).Where(t => t.Second.ContainsKey("state"));
            return [.. known.Where(t => TaskReplies.State(t.Second) == TaskState.Open).Select(t => TaskReplies.Spec(t.First, t.Second)!)];
        },
        ct);

    public Task<string?> PlainPathAsync(CancellationToken ct) => _connection.CallAsync(_plain.PathAsync, ct);

    public async Task<TaskSpec?> AdoptAsync(TaskDraft draft, CancellationToken ct)
    {
        if (await _connection.CallAsync(redis => Task.FromResult(PlainTask.IsImpossible(redis)), ct)) return null;
        var reply = await RunAsync(RedisScript.Adopt, TaskSpec.PlainId, ct, [.. Of(draft), TaskKeys.IdOf(draft)]);
        if (TaskReplies.Spec(TaskSpec.PlainId, reply) is not { } spec) return null;
        await AnnounceAsync(spec, ct);
        return spec;
    }

    public async Task<ClaimAnswer> ClaimAsync(string task, string host, string? zone, CancellationToken ct)
    {
        // Subscribe first: a slot may become free while the answer that there is none is still on its way.
        await ListenAsync(host, ct);
        return TaskReplies.ClaimAnswer(await RunAsync(RedisScript.Claim, task, ct, host, zone ?? "", _lease));
    }

    public Task<bool> RenewAsync(string task, string host, long token, CancellationToken ct) => AskAsync(RedisScript.Renew, task, ct, host, token, _lease);

    public Task<bool> FinishAsync(string task, string host, long token, CancellationToken ct) => AskAsync(RedisScript.Finish, task, ct, host, token);

    public Task<bool> FailAsync(string task, string host, long token, string reason, FaultOf fault, CancellationToken ct) =>
        AskAsync(RedisScript.Fail, task, ct, host, token, reason, fault.ToString());

    public Task<bool> ReleaseAsync(string task, string host, long token, CancellationToken ct) => AskAsync(RedisScript.Release, task, ct, host, token);

    public Task OfferAsync(string task, string host, string? zone, CancellationToken ct) => AskAsync(RedisScript.Offer, task, ct, host, zone ?? "");

    public Task WithdrawAsync(string task, string host, CancellationToken ct) => AskAsync(RedisScript.Withdraw, task, ct, host);

    public async Task<bool> CancelAsync(string task, CancellationToken ct)
    {
        if (!await AskAsync(RedisScript.Cancel, task, ct)) return false;
        return await _connection.CallAsync(
            async redis =>
            {
                await redis.GetDatabase().SortedSetRemoveAsync(_keys.OpenTasks, task);
                await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(_keys.Wake), task);
                return true;
            },
            ct);
    }

    public async Task<TaskView?> ViewAsync(string task, CancellationToken ct) => TaskReplies.View(task, await RunAsync(RedisScript.View, task, ct));

    public async Task<IReadOnlyList<TaskSummary>> ListAsync(CancellationToken ct)
    {
        var tasks = await _connection.CallAsync(redis => redis.GetDatabase().SortedSetRangeByRankAsync(_keys.Tasks), ct);
        var summaries = await Task.WhenAll(tasks.Select(async id => TaskReplies.Summary(id!, await RunAsync(RedisScript.Summary, id!, ct))));
        return [.. summaries.OfType<TaskSummary>()];
    }

    public Task ReportAsync(string host, string? zone, CancellationToken ct) => _connection.CallAsync(
        async redis =>
        {
            var db = redis.GetDatabase();
            await db.HashSetAsync(_keys.AgentDetails, host, $"{ProgramVersion.Text} {zone}");
            var gone = (RedisValue[]?)await db.ScriptEvaluateAsync(RedisScript.Report.Text, [_keys.Agents], [Now, host]);
            return gone is [_, ..] && await db.HashDeleteAsync(_keys.AgentDetails, gone) > 0;
        },
        ct);

    public Task<IReadOnlyList<AgentRecord>> AgentsAsync(CancellationToken ct) => _connection.CallAsync<IReadOnlyList<AgentRecord>>(
        async redis =>
        {
            var db = redis.GetDatabase();
            var seen = await db.SortedSetRangeByRankWithScoresAsync(_keys.Agents);
            var details = (await db.HashGetAllAsync(_keys.AgentDetails)).ToDictionary(d => (string)d.Name!, d => ((string)d.Value!).Split(' ', 2));
            return [.. seen.Select(a => Agent((string)a.Element!, (long)a.Score)).OrderBy(a => a.Name, StringComparer.Ordinal)];

            AgentRecord Agent(string name, long at) => details.GetValueOrDefault(name) is [var version, var zone]
                ? new AgentRecord(name, zone.Length > 0 ? zone : null, version, TaskReplies.Time(at))
                : new AgentRecord(name, null, "", TaskReplies.Time(at));
        },
        ct);

    public async Task WaitAsync(string host, TimeSpan most, CancellationToken ct)
    {
        await ListenAsync(host, ct);
        await _signals.WaitAsync(host, most, ct);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static RedisValue[] Of(TaskDraft draft) => [draft.Path, draft.Size, draft.Sha256, draft.Slots, draft.MaxAttempts];

    private Task ListenAsync(string host, CancellationToken ct) => _connection.CallAsync(
        async redis =>
        {
            await _subscriptions.EnsureAsync(redis, host);
            return true;
        },
        ct);

    /// <summary>
    /// Shows a task to the agents. The task of the same path before it ends: hosts would pull the two in turn. Where this breaks off, submitting again
    /// does all of it.
    /// </summary>
    private async Task AnnounceAsync(TaskSpec spec, CancellationToken ct)
    {
        string? before = await _connection.CallAsync(
            async redis =>
            {
                var db = redis.GetDatabase();
                double created = spec.Created.ToUnixTimeMilliseconds();
                var swapped = db.ScriptEvaluateAsync(RedisScript.Swap.Text, [_keys.Paths], [spec.Path, spec.Id]);
                await Task.WhenAll(db.SortedSetAddAsync(_keys.Tasks, spec.Id, created), db.SortedSetAddAsync(_keys.OpenTasks, spec.Id, created), swapped);
                return (string?)await swapped;
            },
            ct);
        if (before is not null && before != spec.Id) await CancelAsync(before, ct);
        await _connection.CallAsync(redis => redis.GetSubscriber().PublishAsync(RedisChannel.Literal(_keys.Wake), spec.Id), ct);
    }

    private async Task<bool> AskAsync(RedisScript script, string task, CancellationToken ct, params RedisValue[] values) => (long)await RunAsync(script, task, ct, values) != 0;

    private Task<RedisResult> RunAsync(RedisScript script, string task, CancellationToken ct, params RedisValue[] values) =>
        _connection.CallAsync(redis => redis.GetDatabase().ScriptEvaluateAsync(script.Text, _keys.Of(task), [Now, _keys.Prefix, task, .. values]), ct);
}
