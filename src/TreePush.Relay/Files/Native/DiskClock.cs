namespace TreePush.Relay.Files.Native;

/// <summary>
/// How long file system calls take that have not returned yet. A call on a file system that hangs can't be interrupted, so
/// that the thread that made it can't tell; another thread asks here.
/// </summary>
internal static class DiskClock
{
    private static readonly List<Caller> Callers = [];

    [ThreadStatic]
    private static Caller? _own;

    /// <summary>The age of the oldest call that has not returned; zero where none is under way.</summary>
    public static TimeSpan Oldest()
    {
        long now = Environment.TickCount64, oldest = 0;
        lock (Callers)
            foreach (var caller in Callers)
                if (caller.Since is > 0 and var since) oldest = Math.Max(oldest, now - since);
        return TimeSpan.FromMilliseconds(oldest);
    }

    /// <summary>A call is under way on this thread until the result is disposed; one within another counts with that.</summary>
    /// <param name="expected">How long it may well take, in milliseconds: its age counts from then on.</param>
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

        /// <summary>When the call that is under way began; 0 where none is.</summary>
        public long Since
        {
            get => Volatile.Read(ref _since);
            set => Volatile.Write(ref _since, value);
        }
    }
}
