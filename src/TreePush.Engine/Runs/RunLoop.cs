using System.Threading.Channels;
using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>
/// The loop of every run: it reads inputs, lets the job handle them, passes the events to observers, and executes the
/// commands. Every task posts its outcome as an input. Only the loop changes the run's state, so no lock is needed.
/// </summary>
internal sealed class RunLoop<TInput, TCommand>(IReadOnlyList<IRunObserver> observers, TimeProvider time) : IDisposable
{
    private readonly Channel<TInput> _inputs = Channel.CreateUnbounded<TInput>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskGroup _tasks = new();
    private readonly RunClock _clock = new(time);
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Cancelled at the run's end.</summary>
    public CancellationToken Ended => _ended.Token;

    public DateTimeOffset Now => _clock.Now;

    /// <summary>Posts an input to the run.</summary>
    /// <returns>False after the run's end.</returns>
    public bool Post(TInput input) => _inputs.Writer.TryWrite(input);

    /// <summary>Starts a task. The run waits for it at its end. A task that fails in an unforeseen way ends the run.</summary>
    public void Start(Func<Task> task) => _tasks.Run(task, fault => _inputs.Writer.TryComplete(fault));

    /// <summary>Passes an event to the observers that no coordinator decides on.</summary>
    public void Emit(RunEvent happened)
    {
        foreach (var observer in observers) observer.OnEvent(happened);
    }

    /// <summary>Posts an input at that time or later, never before: timers may fire 1 ms early, and an early wake-up would be lost.</summary>
    public void PostAt(DateTimeOffset at, TInput input) => Start(async () =>
    {
        TimeSpan delay;
        while ((delay = at - Now) > TimeSpan.Zero)
        {
            await Task.Delay(delay + TimeSpan.FromMilliseconds(1), time, Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Ended.IsCancellationRequested) return;
        }

        Post(input);
    });

    /// <summary>Runs the job to its end. Nothing is left running when it returns.</summary>
    public async Task<RunFinished> RunAsync(IRunJob<TInput, TCommand> job)
    {
        try
        {
            await foreach (var input in _inputs.Reader.ReadAllAsync())
            {
                if (job.Handle(input, Now) is not { } step) continue;
                foreach (var happened in step.Events) Emit(happened);
                foreach (var command in step.Commands) job.Execute(command);
                if (step.Finished) return step.Events.OfType<RunFinished>().Single();
            }

            throw new InvalidOperationException("The run's inputs ended before the run.");
        }
        finally
        {
            await EndAsync(job);
        }
    }

    public void Dispose() => _ended.Dispose();

    private async Task EndAsync(IRunJob<TInput, TCommand> job)
    {
        _inputs.Writer.TryComplete();
        while (_inputs.Reader.TryRead(out var late)) job.Discard(late);
        job.Close();
        await _ended.CancelAsync();
        await _tasks.WaitAsync();
    }
}
