namespace TreePush.Engine.Runs;

/// <summary>A clock that starts with the wall clock at the run's start, and never runs backwards.</summary>
internal sealed class RunClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _ticks = time.GetTimestamp();

    public DateTimeOffset Now => _start + time.GetElapsedTime(_ticks);
}
