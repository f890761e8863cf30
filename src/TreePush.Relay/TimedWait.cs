namespace TreePush.Relay;

/// <summary><see cref="Monitor.Wait(object, TimeSpan)"/> cuts its limit to whole milliseconds: a loop that waits for the rest of a time would spin through the last one.</summary>
internal static class TimedWait
{
    /// <summary>Waits for a pulse, or until the limit has passed, rounded up to a whole millisecond.</summary>
    /// <param name="gate">Locked by the caller.</param>
    /// <param name="limit">Not negative, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <returns>Whether there was a pulse.</returns>
    public static bool For(object gate, TimeSpan limit) => Monitor.Wait(gate, Milliseconds(limit));

    internal static int Milliseconds(TimeSpan limit) =>
        limit == Timeout.InfiniteTimeSpan ? Timeout.Infinite : (int)Math.Min(int.MaxValue, Math.Ceiling(limit.TotalMilliseconds));
}
