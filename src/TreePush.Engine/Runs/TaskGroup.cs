namespace TreePush.Engine.Runs;

/// <summary>Tasks that are started one by one and awaited together, so that none is forgotten.</summary>
internal sealed class TaskGroup
{
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The running tasks, plus one until <see cref="WaitAsync"/> is called.</summary>
    private int _count = 1;

    /// <param name="onFault">Receives an exception other than cancellation.</param>
    public void Run(Func<Task> start, Action<Exception> onFault)
    {
        Interlocked.Increment(ref _count);
        _ = Task.Run(async () =>
        {
            try
            {
                await start();
            }
            catch (OperationCanceledException)
            {
                // The task was cancelled; there is nothing to report.
            }
            catch (Exception e)
            {
                onFault(e);
            }
            finally
            {
                Leave();
            }
        });
    }

    /// <summary>Waits for all tasks. None may be started afterwards.</summary>
    public Task WaitAsync()
    {
        Leave();
        return _idle.Task;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0) _idle.TrySetResult();
    }
}
