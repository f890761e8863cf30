namespace TreePush.Core.Runs.Simulation;

/// <summary>Simulated time: a queue of future actions, in order.</summary>
internal sealed class SimulationQueue
{
    /// <summary>The time at which every simulation begins.</summary>
    public static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private readonly PriorityQueue<Action, (DateTimeOffset Time, long Order)> _actions = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = Epoch;

    public void At(DateTimeOffset time, Action action) => _actions.Enqueue(action, (time, _order++));

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <returns>False if no action is left.</returns>
    public bool Next()
    {
        if (!_actions.TryDequeue(out var action, out var due)) return false;
        Now = due.Time;
        action();
        return true;
    }
}
