using TreePush.Engine.Runs;

namespace TreePush.Engine.Tests.Runs;

public sealed class TaskGroupTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskGroup _group = new();
    private readonly List<Exception> _faults = [];

    [Fact]
    public async Task Without_tasks_there_is_nothing_to_wait_for() => await _group.WaitAsync().WaitAsync(Patience);

    [Fact]
    public async Task It_waits_for_all()
    {
        TaskCompletionSource[] gates = [Gate(), Gate(), Gate()];
        foreach (var gate in gates) Run(() => gate.Task);
        var waiting = _group.WaitAsync();
        foreach (var gate in gates)
        {
            waiting.IsCompleted.Should().BeFalse();
            gate.SetResult();
        }

        await waiting.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_fault_is_told_and_the_others_are_waited_for_all_the_same()
    {
        var gate = Gate();
        var told = new TaskCompletionSource<Exception>();
        Run(() => gate.Task);
        _group.Run(() => throw new InvalidOperationException("broken"), told.SetResult);
        (await told.Task.WaitAsync(Patience)).Should().BeOfType<InvalidOperationException>();
        var waiting = _group.WaitAsync();
        waiting.IsCompleted.Should().BeFalse();
        gate.SetResult();
        await waiting.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_task_that_is_cancelled_is_no_fault()
    {
        using var cts = new CancellationTokenSource();
        Run(() => Task.Delay(Timeout.Infinite, cts.Token));
        var waiting = _group.WaitAsync();
        waiting.IsCompleted.Should().BeFalse();
        await cts.CancelAsync();
        await waiting.WaitAsync(Patience);
        _faults.Should().BeEmpty();
    }

    [Fact]
    public async Task A_task_that_runs_may_start_another_while_the_end_is_waited_for()
    {
        TaskCompletionSource first = Gate(), second = Gate(), started = Gate();
        Run(async () =>
        {
            await first.Task;
            Run(() => second.Task);
            started.SetResult();
        });
        var waiting = _group.WaitAsync();
        first.SetResult();
        await started.Task.WaitAsync(Patience);
        waiting.IsCompleted.Should().BeFalse();
        second.SetResult();
        await waiting.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_fault_that_can_not_be_told_keeps_nobody_waiting()
    {
        _group.Run(() => throw new InvalidOperationException("broken"), _ => { });
        await _group.WaitAsync().WaitAsync(Patience);
    }

    private static TaskCompletionSource Gate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Run(Func<Task> task) => _group.Run(task, fault =>
    {
        lock (_faults) _faults.Add(fault);
    });
}
