using TreePush.Core.Queueing;
using TreePush.Core.Runs;

namespace TreePush.Engine.Queueing;

/// <summary>
/// An agent's way to its store, through times in which the store is away. The loss is told once, and so is the return, however many
/// calls meet it. A failure that will not pass is the caller's.
/// </summary>
internal sealed class StoreLink(ITaskStore store, AgentReporter reporter, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    private readonly Lock _gate = new();
    private DateTimeOffset? _lostAt;
    private int _losses;

    /// <summary>Calls again and again until the store answers.</summary>
    /// <exception cref="TaskStoreException">The store can't be used, and that will not pass.</exception>
    public async Task<T> CallAsync<T>(Func<ITaskStore, CancellationToken, Task<T>> call, CancellationToken ct)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await TryAsync(call, ct) is (true, var answer)) return answer!;
            await Task.Delay(pause, time, ct);
        }
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public Task CallAsync(Func<ITaskStore, CancellationToken, Task> call, CancellationToken ct) => CallAsync((s, token) => ReturnAsync(call(s, token)), ct);

    /// <summary>Calls once.</summary>
    /// <returns>Whether the store has answered, and what.</returns>
    /// <exception cref="TaskStoreException">The store can't be used, and that will not pass.</exception>
    public async Task<(bool IsAnswered, T? Answer)> TryAsync<T>(Func<ITaskStore, CancellationToken, Task<T>> call, CancellationToken ct)
    {
        int losses = Volatile.Read(ref _losses);
        try
        {
            var answer = await call(store, ct);
            Find(losses);
            return (true, answer);
        }
        catch (TaskStoreException e) when (e.MayPass)
        {
            Lose(e.Failure);
            return (false, default);
        }
    }

    /// <summary>Waits as the store does. While the store is away, it waits for a moment.</summary>
    public async Task WaitAsync(string host, TimeSpan most, CancellationToken ct)
    {
        var (isAnswered, _) = await TryAsync((s, token) => ReturnAsync(s.WaitAsync(host, most, token)), ct);
        if (!isAnswered) await Task.Delay(FirstPause, time, ct);
    }

    private void Lose(Failure failure)
    {
        lock (_gate)
        {
            _losses++;
            if (_lostAt is not null) return;
            _lostAt = reporter.Now;
            reporter.Tell(now => new StoreLost(now, failure));
        }
    }

    /// <param name="losses">How many there had been when the call began: a call that was under way during a loss proves nothing.</param>
    private void Find(int losses)
    {
        lock (_gate)
        {
            if (_lostAt is not { } since || losses != _losses) return;
            _lostAt = null;
            reporter.Tell(now => new StoreBack(now, (long)(now - since).TotalMilliseconds));
        }
    }

    private static async Task<bool> ReturnAsync(Task call)
    {
        await call;
        return true;
    }
}
