using StackExchange.Redis;

namespace TreePush.Engine.Queueing.Redis;

/// <summary>The channels that a store listens to: one for new tasks, and one for each of its hosts.</summary>
internal sealed class WakeSubscriptions(TaskKeys keys, WakeSignals signals)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _subscriptions = [];

    /// <summary>Listens for a host from now on. A subscription outlives a lost connection.</summary>
    public async Task EnsureAsync(IConnectionMultiplexer redis, string host)
    {
        Task all, own;
        lock (_gate)
        {
            all = Subscription(redis, keys.Wake, signals.WakeAll);
            own = Subscription(redis, keys.WakeOf(host), () => signals.Wake(host));
        }

        await Task.WhenAll(all, own);
    }

    private Task Subscription(IConnectionMultiplexer redis, string channel, Action wake)
    {
        if (_subscriptions.TryGetValue(channel, out var standing) && standing is not { IsFaulted: true } and not { IsCanceled: true }) return standing;
        return _subscriptions[channel] = redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal(channel), (_, _) => wake());
    }
}
