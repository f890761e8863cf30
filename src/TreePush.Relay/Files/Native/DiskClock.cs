namespace TreePush.Relay.Files.Native;

/// <summary>
/// Measures how long the file system calls that have not returned yet have taken. A call on a hanging file system can't be
/// interrupted, so the thread that made it can't report this; another thread asks here.
/// </summary>
internal static class DiskClock
{
    private static readonly List<Caller> Callers = [];

    [ThreadStatic]
    private static Caller? _own;

    /// <summary>Returns the age of the oldest call that has not returned; zero if there is none.</summary>
    public static TimeSpan Oldest()
    {
        long now = Environment.TickCount64, oldest = 0;
        lock (Callers)
            foreach (var caller in Callers)
                if (caller.Since is > 0 and var since) oldest = Math.Max(oldest, now - since);
        return TimeSpan.FromMilliseconds(oldest);
    }

    /// <summary>Marks a call on this thread, until the result is disposed. A nested call belongs to the outer one.</summary>
    /// <param name="expected">How long the call may reasonably take, in milliseconds. Its age counts from the end of this time.</param>
    public static Call Enter(int expected = 0)
    {
        var own = _own ??= NewCaller();
        if (own.Since > 0) return default;
        own.Since = Environment.TickCount64 + expected;
        return new Call(own);
    }

    private static Caller NewCaller()
    {
        var caller = new Caller();
        lock (Callers) Callers.Add(caller);
        return caller;
    }

    public readonly ref struct Call(Caller? caller)
    {
        public void Dispose()
        {
            if (caller is not null) caller.Since = 0;
        }
    }

    /// <summary>A thread that makes calls.</summary>
    internal sealed class Caller
    {
        private long _since;

        /// <summary>When the current call began, plus the time that it is expected to take; 0 if there is none.</summary>
        public long Since
        {
            get => Volatile.Read(ref _since);
            set => Volatile.Write(ref _since, value);
        }
    }
}
