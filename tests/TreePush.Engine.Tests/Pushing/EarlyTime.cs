namespace TreePush.Engine.Tests.Pushing;

/// <summary>Time whose timers go off a little early, as timers of whole milliseconds do.</summary>
internal sealed class EarlyTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime * 0.9 : dueTime, period);
}
