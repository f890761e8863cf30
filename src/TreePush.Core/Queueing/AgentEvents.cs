using System.Text.Json.Serialization;

namespace TreePush.Core.Queueing;

/// <summary>What happens to an agent. <c>treepush agent --json</c> prints these; names and fields are public (docs/events.md).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(AgentStarted), "agent_started")]
[JsonDerivedType(typeof(AgentStopped), "agent_stopped")]
[JsonDerivedType(typeof(StoreLost), "store_lost")]
[JsonDerivedType(typeof(StoreBack), "store_back")]
[JsonDerivedType(typeof(TaskSeen), "task_seen")]
[JsonDerivedType(typeof(TaskAdopted), "task_adopted")]
[JsonDerivedType(typeof(TaskRefused), "task_refused")]
[JsonDerivedType(typeof(TaskWaiting), "task_waiting")]
[JsonDerivedType(typeof(TaskOver), "task_over")]
[JsonDerivedType(typeof(FileOffered), "file_offered")]
[JsonDerivedType(typeof(FileWithdrawn), "file_withdrawn")]
[JsonDerivedType(typeof(PullStarted), "pull_started")]
[JsonDerivedType(typeof(PullFinished), "pull_finished")]
[JsonDerivedType(typeof(PullFailed), "pull_failed")]
[JsonDerivedType(typeof(PullGivenUp), "pull_given_up")]
public abstract record AgentEvent([property: JsonPropertyOrder(-2)] DateTimeOffset Time);

/// <summary>The agent is there.</summary>
/// <param name="Agent">Its name, under which other hosts reach it.</param>
public sealed record AgentStarted(DateTimeOffset Time, string Agent, string? Zone, string Version) : AgentEvent(Time);

/// <summary>The agent has ended: it was stopped, or had nothing more to do, or failed.</summary>
/// <param name="Failure">Why it could not go on; null otherwise.</param>
public sealed record AgentStopped(DateTimeOffset Time, Failure? Failure) : AgentEvent(Time);

/// <summary>The store can't be used. The agent goes on when it can be used again.</summary>
public sealed record StoreLost(DateTimeOffset Time, Failure Failure) : AgentEvent(Time);

/// <summary>The store can be used again.</summary>
/// <param name="Ms">How long it could not be used.</param>
public sealed record StoreBack(DateTimeOffset Time, long Ms) : AgentEvent(Time);

/// <summary>What happens to a task at one agent.</summary>
public abstract record AgentTaskEvent(
    DateTimeOffset Time, [property: JsonPropertyOrder(-1)] string Task, [property: JsonPropertyOrder(-1)] string Path) : AgentEvent(Time);

/// <summary>A task was found for the first time.</summary>
public sealed record TaskSeen(DateTimeOffset Time, string Task, string Path, long Size, string Sha256) : AgentTaskEvent(Time, Task, Path);

/// <summary>The path in the plain key <c>task</c> was made a task, for this agent serves it.</summary>
public sealed record TaskAdopted(DateTimeOffset Time, string Task, string Path, long Size, string Sha256) : AgentTaskEvent(Time, Task, Path);

/// <summary>The agent does not pull for this task: its path is not one that it may write.</summary>
public sealed record TaskRefused(DateTimeOffset Time, string Task, string Path, string Reason, string? Hint) : AgentTaskEvent(Time, Task, Path);

/// <summary>No source has a free slot. It is told once for each time of waiting.</summary>
public sealed record TaskWaiting(DateTimeOffset Time, string Task, string Path) : AgentTaskEvent(Time, Task, Path);

/// <summary>The task is no longer open: it was cancelled or has ended, or a newer task has the same path.</summary>
public sealed record TaskOver(DateTimeOffset Time, string Task, string Path) : AgentTaskEvent(Time, Task, Path);

/// <summary>The agent has the file, has checked it, and is a source from now on.</summary>
public sealed record FileOffered(DateTimeOffset Time, string Task, string Path) : AgentTaskEvent(Time, Task, Path);

/// <summary>The agent's file is no longer the task's: it was changed or removed. The agent is no source any more.</summary>
public sealed record FileWithdrawn(DateTimeOffset Time, string Task, string Path) : AgentTaskEvent(Time, Task, Path);

/// <summary>The transfer from a source has begun.</summary>
/// <param name="Attempt">From 1.</param>
public sealed record PullStarted(DateTimeOffset Time, string Task, string Path, string Source, int Attempt) : AgentTaskEvent(Time, Task, Path);

/// <summary>The file is there and was checked. The agent is a source from now on.</summary>
public sealed record PullFinished(DateTimeOffset Time, string Task, string Path, string Source, int Attempt, long Ms) : AgentTaskEvent(Time, Task, Path);

/// <summary>A transfer failed, was interrupted, or brought another file.</summary>
/// <param name="Counted">Whether it counts as an attempt: one that was interrupted does not.</param>
public sealed record PullFailed(DateTimeOffset Time, string Task, string Path, string Source, int Attempt, long Ms, Failure Failure, bool Counted)
    : AgentTaskEvent(Time, Task, Path);

/// <summary>The agent has failed too often and tries no more.</summary>
/// <param name="Reason">What its last attempt failed of.</param>
public sealed record PullGivenUp(DateTimeOffset Time, string Task, string Path, string Reason) : AgentTaskEvent(Time, Task, Path);
