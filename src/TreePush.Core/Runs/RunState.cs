namespace TreePush.Core.Runs;

/// <summary>What every run's state has: the commands and events that follow from an input, and alarms.</summary>
/// <param name="wakeAt">Creates the command that asks to be woken.</param>
internal abstract class RunState<TCommand, TAlarm>(Func<DateTimeOffset, TCommand> wakeAt)
{
    private readonly PriorityQueue<TAlarm, (DateTimeOffset At, int Order)> _alarms = new();
    private List<TCommand> _commands = [];
    private List<RunEvent> _events = [];
    private int _order;
    private DateTimeOffset? _woken;

    /// <summary>Adds a command, which the Engine executes after the input has been handled.</summary>
    public void Issue(TCommand command) => _commands.Add(command);

    public void Emit(RunEvent happened) => _events.Add(happened);

    /// <summary>Returns the commands and events added since the last call.</summary>
    public RunStep<TCommand> TakeStep(bool finished)
    {
        var step = new RunStep<TCommand>(_commands, _events, finished);
        (_commands, _events) = ([], []);
        return step;
    }

    /// <summary>Asks to be woken for the earliest alarm, unless this was done already.</summary>
    public void SetAlarm()
    {
        if (!_alarms.TryPeek(out _, out var first) || _woken <= first.At) return;
        _woken = first.At;
        Issue(wakeAt(first.At));
    }

    protected void AddAlarm(TAlarm alarm, DateTimeOffset at) => _alarms.Enqueue(alarm, (at, _order++));

    /// <summary>Removes and returns the alarms that are due, earliest first, including alarms that are set during the enumeration.</summary>
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
