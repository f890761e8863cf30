using TreePush.Core.Queueing;

namespace TreePush.Engine.Queueing;

/// <summary>Tells what happens to an agent, one event at a time, from whatever task it happens in.</summary>
internal sealed class AgentReporter(Action<AgentEvent> observe, TimeProvider time)
{
    private readonly Lock _gate = new();

    public DateTimeOffset Now => time.GetUtcNow();

    /// <param name="happened">Makes the event from the present time, so that the events' times never go back.</param>
    public void Tell(Func<DateTimeOffset, AgentEvent> happened)
    {
        lock (_gate) observe(happened(Now));
    }
}
