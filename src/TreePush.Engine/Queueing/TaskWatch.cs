using System.Runtime.CompilerServices;
using TreePush.Core.Runs;

namespace TreePush.Engine.Queueing;

/// <summary>Looks at a task about once a second, through times in which the store is away. The loss is told once, and so is the return.</summary>
/// <param name="whenGone">What to do where the store does not know the task; null ends the watch.</param>
public sealed class TaskWatch(ITaskStore store, TimeProvider time, Func<CancellationToken, Task<SubmitStep?>> whenGone)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>A watch that ends when the task is gone.</summary>
    public TaskWatch(ITaskStore store, TimeProvider time)
        : this(store, time, _ => Task.FromResult<SubmitStep?>(null))
    {
    }

    /// <summary>Goes on after the end of the task; whoever has seen enough stops reading.</summary>
    /// <exception cref="TaskStoreException">The store can't be used, and that will not pass.</exception>
    public async IAsyncEnumerable<SubmitStep> FollowAsync(string task, [EnumeratorCancellation] CancellationToken ct)
    {
        bool isLost = false;
        while (true)
        {
            var (step, failure) = await LookAsync(task, ct);
            if (failure is not null && !isLost) yield return new SubmitStep.StoreLost(failure);
            if (failure is null && isLost) yield return new SubmitStep.StoreBack();
            isLost = failure is not null;
            if (step is not null) yield return step;
            else if (failure is null) yield break;
            await Task.Delay(LookEvery, time, ct);
        }
    }

    private async Task<(SubmitStep? Step, Failure? Failure)> LookAsync(string task, CancellationToken ct)
    {
        try
        {
            return (await store.ViewAsync(task, ct) is { } view ? new SubmitStep.Viewed(view) : await whenGone(ct), null);
        }
        catch (TaskStoreException e) when (e.MayPass)
        {
            return (null, e.Failure);
        }
    }
}
