namespace TreePush.Core.Runs.Simulation;

/// <summary>Imagined time: what is to happen, in order.</summary>
internal sealed class SimulationQueue
{
    /// <summary>When every simulation begins.</summary>
    public static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private readonly PriorityQueue<Action, (DateTimeOffset Time, long Order)> _actions = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = Epoch;

    public void At(DateTimeOffset time, Action action) => _actions.Enqueue(action, (time, _order++));

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <returns>False where nothing is left to happen.</returns>
    public bool Next()
    {
        if (!_actions.TryDequeue(out var action, out var due)) return false;
        Now = due.Time;
        action();
        return true;
    }
}
