namespace TreePush.Core.Queueing;

/// <summary>A task with its hosts, at one moment.</summary>
/// <param name="Hosts">All that have ever claimed or offered, by name.</param>
public sealed record TaskView(TaskSpec Spec, TaskState State, IReadOnlyList<TaskHost> Hosts, DateTimeOffset At);
