using TreePush.Cli.Output.Queueing;
using TreePush.Core.Hosts;
using TreePush.Core.Queueing;
using TreePush.Engine.Queueing;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>Follows a task and shows it, until it is over.</summary>
internal sealed class TaskFollower(ITaskStore store, TaskScreen screen)
{
    private IReadOnlyList<AgentRecord> _agents = [];

    /// <summary>Go on until an agent is known: as long as none is, the submitting host alone has the file.</summary>
    public bool NeedsAgents { get; init; }

    /// <summary>Go on until so many hosts are known.</summary>
    public int NeedsHosts { get; init; }

    /// <summary>The task as it was seen last; null if it was not seen.</summary>
    public TaskPicture? Last { get; private set; }

    /// <param name="look">Looks at the task again and again.</param>
    /// <param name="most">The longest time to wait; null for no limit.</param>
    /// <returns>False if the time is over, or it was cancelled.</returns>
    /// <exception cref="TaskStoreException">The tasks can't be used, and that will not pass.</exception>
    public async Task<bool> FollowAsync(Func<CancellationToken, IAsyncEnumerable<SubmitStep>> look, TimeSpan? most, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (most is { } longest) limit.CancelAfter(longest);
        try
        {
            await foreach (var step in look(limit.Token))
                if (await IsLastAsync(step, limit.Token)) return true;
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> IsLastAsync(SubmitStep step, CancellationToken ct)
    {
        if (step is SubmitStep.Viewed { View: var view }) return await ShowAsync(view, ct);
        Say(step);
        return false;
    }

    private async Task<bool> ShowAsync(TaskView view, CancellationToken ct)
    {
        await FindAgentsAsync(ct);
        foreach (var change in TaskChanges.Between(Last?.View, view)) screen.Tell(change);
        Last = new TaskPicture(view, _agents);
        screen.Draw(Last);
        return Last.IsOver && (view.State != TaskState.Open || Last.Total >= NeedsHosts && (_agents.Count > 0 || !NeedsAgents));
    }

    private void Say(SubmitStep step)
    {
        string? line = step switch
        {
            SubmitStep.StoreLost s => $"{DisplayText.Line(s.Failure.Message)}{(s.Failure.Hint is { } hint ? $" (hint: {DisplayText.Line(hint)})" : "")}",
            SubmitStep.StoreBack => "Redis can be used again",
            SubmitStep.Repeated { IsOffered: true } => "Redis had lost the task; it was submitted again",
            SubmitStep.Repeated => "Redis had lost the task; it was submitted again, but this host does not serve it: the file has changed, or --no-serve is given",
            _ => null,
        };
        if (line is not null) screen.Say(line, DateTimeOffset.UtcNow);
    }

    /// <summary>If they can't be had, those that were known stay.</summary>
    private async Task FindAgentsAsync(CancellationToken ct)
    {
        try
        {
            _agents = await store.AgentsAsync(ct);
        }
        catch (TaskStoreException e) when (e.MayPass)
        {
            // The next look at the task tells it.
        }
    }
}
