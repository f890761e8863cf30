using TreePush.Core.Queueing;

namespace TreePush.Cli.Output.Queueing;

/// <summary>A task and its hosts at one moment, sorted for display.</summary>
internal sealed class TaskPicture
{
    /// <summary>An agent that has not reported for this long counts as gone: nobody waits for it. The plain task, too, ends without it.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(10);

    /// <param name="agents">All agents that are known. Those that have not claimed yet wait, too.</param>
    public TaskPicture(TaskView view, IReadOnlyList<AgentRecord> agents)
    {
        View = view;
        var known = view.Hosts.Select(h => h.Name).ToHashSet(StringComparer.Ordinal);
        var reporting = agents.Where(a => view.At - a.Seen < LongestSilence).Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        Finished = [.. view.Hosts.Where(h => h.Progress == HostProgress.Finished)];
        Running = [.. view.Hosts.Where(h => h.Progress == HostProgress.Running).OrderBy(h => h.Since).ThenBy(h => h.Name, StringComparer.Ordinal)];
        Failed = [.. view.Hosts.Where(h => h.Progress == HostProgress.Failed).OrderBy(h => h.Name, StringComparer.Ordinal)];
        var waiting = view.Hosts.Where(h => h.Progress == HostProgress.Waiting).Select(h => h.Name).ToList();
        Waiting = [.. waiting.Where(reporting.Contains).Concat(view.State == TaskState.Open ? reporting.Where(a => !known.Contains(a)) : []).Order(StringComparer.Ordinal)];
        Silent = [.. waiting.Where(w => !reporting.Contains(w)).Order(StringComparer.Ordinal)];
    }

    public TaskView View { get; }

    public TaskSpec Spec => View.Spec;

    public IReadOnlyList<TaskHost> Finished { get; }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<TaskHost> Running { get; }

    public IReadOnlyList<TaskHost> Failed { get; }

    /// <summary>Hosts that have yet to begin, or to try again.</summary>
    public IReadOnlyList<string> Waiting { get; }

    /// <summary>Hosts that waited when their agents were last seen.</summary>
    public IReadOnlyList<string> Silent { get; }

    public int Total => Finished.Count + Running.Count + Failed.Count + Waiting.Count + Silent.Count;

    /// <summary>Whether no host is left that could still finish.</summary>
    public bool IsOver => View.State != TaskState.Open || Total > 0 && Running.Count == 0 && Waiting.Count == 0;
}
