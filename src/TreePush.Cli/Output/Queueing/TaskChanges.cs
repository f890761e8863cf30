using TreePush.Core.Queueing;

namespace TreePush.Cli.Output.Queueing;

/// <summary>Finds what has changed in a task between two looks at it.</summary>
internal static class TaskChanges
{
    public static TaskSubmitted Submitted(TaskSpec spec, DateTimeOffset time) => new(time, spec.Id, spec.Path, spec.Size, spec.Sha256, spec.Slots, spec.MaxAttempts);

    public static TaskConcluded Concluded(TaskPicture picture) => new(
        picture.View.At, picture.Spec.Id, TaskText.State(picture.View.State), picture.Finished.Count, picture.Failed.Count, picture.Running.Count, picture.Waiting.Count, picture.Silent.Count);

    /// <param name="before">Null for the first look: then all that has happened so far is new.</param>
    public static IEnumerable<TaskChange> Between(TaskView? before, TaskView after)
    {
        var known = (before?.Hosts ?? []).ToDictionary(h => h.Name, StringComparer.Ordinal);
        foreach (var host in after.Hosts.OrderBy(h => h.Ended ?? h.Since).ThenBy(h => h.Name, StringComparer.Ordinal))
            if (!known.TryGetValue(host.Name, out var was) || was.Progress != host.Progress || was.Attempts != host.Attempts)
                if (Of(host, after) is { } change)
                    yield return change;
    }

    private static TaskChange? Of(TaskHost host, TaskView view) => host.Progress switch
    {
        HostProgress.Running => new HostPulls(host.Since ?? view.At, view.Spec.Id, host.Name, host.Source, host.Attempts),
        HostProgress.Finished => new HostFinished(host.Ended ?? view.At, view.Spec.Id, host.Name, host.Source, host.Attempts, Took(host)),
        HostProgress.Failed => new HostFailed(host.Ended ?? view.At, view.Spec.Id, host.Name, host.Source, host.Attempts, host.Reason),
        _ => null,
    };

    private static long? Took(TaskHost host) => (host.Source, host.Since, host.Ended) is ({ }, { } began, { } ended) ? (long)(ended - began).TotalMilliseconds : null;
}
