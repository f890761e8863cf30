using StackExchange.Redis;
using TreePush.Core.Queueing;

namespace TreePush.Engine.Queueing.Redis;

/// <summary>The task that a person starts by setting the key <c>task</c>. If the server does not allow that, there is no such task, and a warning says why, once.</summary>
internal sealed class PlainTask(TaskKeys keys, Action<string>? warn)
{
    private int _isTold;

    /// <returns>The path that the key has, if nobody has adopted it.</returns>
    public async Task<string?> PathAsync(IConnectionMultiplexer redis)
    {
        var db = redis.GetDatabase();
        try
        {
            string? path = await db.StringGetAsync(TaskKeys.PlainKey);
            if (path is null) return null;
            if (!IsImpossible(redis)) return await db.HashGetAsync(keys.TaskOf(TaskSpec.PlainId), "path") == path ? null : path;
            Tell($"the key \"{TaskKeys.PlainKey}\" starts no task in a cluster, which can't keep its sets together (hint: treepush submit PATH)");
        }
        catch (RedisServerException e) when (e.Kind is RedisErrorKind.NoPermission)
        {
            Tell($"the key \"{TaskKeys.PlainKey}\" is not looked at: this user of Redis may not read it");
        }
        catch (RedisServerException e) when (e.Kind is RedisErrorKind.WrongType)
        {
            Tell($"the key \"{TaskKeys.PlainKey}\" is not looked at: another program keeps something else in it");
        }

        return null;
    }

    public static bool IsImpossible(IConnectionMultiplexer redis) => redis.GetServers().Any(s => s.ServerType == ServerType.Cluster);

    private void Tell(string warning)
    {
        if (Interlocked.Exchange(ref _isTold, 1) == 0) warn?.Invoke(warning);
    }
}
