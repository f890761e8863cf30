using System.Text.Json.Serialization;

namespace TreePush.Cli.Output.Queueing;

/// <summary>What has changed in a task between two looks at it; <c>--json</c> prints these (docs/events.md).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(TaskSubmitted), "task_submitted")]
[JsonDerivedType(typeof(HostPulls), "host_pulls")]
[JsonDerivedType(typeof(HostFinished), "host_finished")]
[JsonDerivedType(typeof(HostFailed), "host_failed")]
[JsonDerivedType(typeof(TaskConcluded), "task_concluded")]
internal abstract record TaskChange([property: JsonPropertyOrder(-2)] DateTimeOffset Time, [property: JsonPropertyOrder(-1)] string Task);

/// <summary>The task is open; it may have been there before.</summary>
internal sealed record TaskSubmitted(DateTimeOffset Time, string Task, string Path, long Size, string Sha256, int Slots, int MaxAttempts) : TaskChange(Time, Task);

/// <summary>A host has begun to pull.</summary>
internal sealed record HostPulls(DateTimeOffset Time, string Task, string Host, string? Source, int Attempt) : TaskChange(Time, Task);

/// <summary>A host has the file.</summary>
/// <param name="Source">Null if the host had the file.</param>
internal sealed record HostFinished(DateTimeOffset Time, string Task, string Host, string? Source, int Attempts, long? Ms) : TaskChange(Time, Task);

/// <summary>A host is given up.</summary>
internal sealed record HostFailed(DateTimeOffset Time, string Task, string Host, string? Source, int Attempts, string? Reason) : TaskChange(Time, Task);

/// <summary>Nobody waits for the task any longer: it is over, or the time is.</summary>
/// <param name="State"><c>open</c>, <c>cancelled</c> or <c>ended</c>.</param>
internal sealed record TaskConcluded(DateTimeOffset Time, string Task, string State, int Finished, int Failed, int Running, int Waiting, int Silent) : TaskChange(Time, Task);
