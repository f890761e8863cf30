using TreePush.Engine.Queueing;

namespace TreePush.Engine.Tests.Queueing.Redis;

/// <summary>Calls a store that may be away.</summary>
internal static class Trying
{
    /// <returns>Null where the store is away for a moment.</returns>
    public static async Task<T?> OnceAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (TaskStoreException e) when (e.MayPass)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100)); // As long as there is nothing to wait for.
            return null;
        }
    }
}
