namespace TreePush.Core.Runs;

/// <summary>What the state of every run has: the commands and events that an input leads to, and alarms.</summary>
/// <param name="wakeAt">Makes the command that asks to be woken.</param>
internal abstract class RunState<TCommand, TAlarm>(Func<DateTimeOffset, TCommand> wakeAt)
{
    private readonly PriorityQueue<TAlarm, (DateTimeOffset At, int Order)> _alarms = new();
    private List<TCommand> _commands = [];
    private List<RunEvent> _events = [];
    private int _order;
    private DateTimeOffset? _woken;

    /// <summary>Has a command carried out when the input is dealt with.</summary>
    public void Issue(TCommand command) => _commands.Add(command);

    public void Emit(RunEvent happened) => _events.Add(happened);

    /// <summary>What was issued and emitted since the last step.</summary>
    public RunStep<TCommand> TakeStep(bool finished)
    {
        var step = new RunStep<TCommand>(_commands, _events, finished);
        (_commands, _events) = ([], []);
        return step;
    }

    /// <summary>Asks to be woken for the first alarm, once.</summary>
    public void SetAlarm()
    {
        if (!_alarms.TryPeek(out _, out var first) || _woken <= first.At) return;
        _woken = first.At;
        Issue(wakeAt(first.At));
    }

    protected void AddAlarm(TAlarm alarm, DateTimeOffset at) => _alarms.Enqueue(alarm, (at, _order++));

    /// <summary>Alarms that are due, first those that were due first; also such as are set meanwhile.</summary>
    protected IEnumerable<TAlarm> TakeDueAlarms(DateTimeOffset now)
    {
        if (_woken <= now) _woken = null;
        while (_alarms.TryPeek(out var alarm, out var due) && due.At <= now)
        {
            _alarms.Dequeue();
            yield return alarm;
        }
    }
}
