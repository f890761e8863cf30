namespace TreePush.Core.Queueing;

/// <summary>A task in a list.</summary>
public sealed record TaskSummary(TaskSpec Spec, TaskState State, int Finished, int Running, int Failed, int Waiting);
