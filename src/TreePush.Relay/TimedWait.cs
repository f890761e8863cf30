namespace TreePush.Relay;

/// <summary>
/// A timed <see cref="Monitor.Wait(object, TimeSpan)"/> for loops that wait for the rest of a time. Monitor.Wait rounds its limit
/// down to whole milliseconds, so such a loop would spin through the last one.
/// </summary>
internal static class TimedWait
{
    /// <summary>Waits for a pulse, or until the limit has passed, rounded up to a whole millisecond.</summary>
    /// <param name="gate">The object, which the caller has locked.</param>
    /// <param name="limit">The limit, which must not be negative, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <returns>Whether there was a pulse.</returns>
    public static bool For(object gate, TimeSpan limit) => Monitor.Wait(gate, Milliseconds(limit));

    internal static int Milliseconds(TimeSpan limit) =>
        limit == Timeout.InfiniteTimeSpan ? Timeout.Infinite : (int)Math.Min(int.MaxValue, Math.Ceiling(limit.TotalMilliseconds));
}
