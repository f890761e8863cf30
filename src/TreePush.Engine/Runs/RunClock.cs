namespace TreePush.Engine.Runs;

/// <summary>The wall clock at the run's start, and from there on a clock that never runs backwards.</summary>
internal sealed class RunClock(TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _ticks = time.GetTimestamp();

    public DateTimeOffset Now => _start + time.GetElapsedTime(_ticks);
}
