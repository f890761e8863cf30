using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Queueing;

namespace TreePush.Cli.Output.Queueing;

/// <summary>Tasks and their changes as lines of JSON (docs/events.md).</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskChange))]
[JsonSerializable(typeof(TaskReport))]
internal sealed partial class TaskJson : JsonSerializerContext
{
    private static TaskJson? _readable;

    private static TaskJson Readable => _readable ??= new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(TaskChange change) => JsonSerializer.Serialize(change, Readable.TaskChange);

    public static string Write(TaskSummary summary) => JsonSerializer.Serialize(
        Status(summary.Spec, summary.State) with { Finished = summary.Finished, Running = summary.Running, Failed = summary.Failed, Waiting = summary.Waiting }, Readable.TaskReport);

    public static string Write(TaskPicture picture) => JsonSerializer.Serialize(
        Status(picture.Spec, picture.View.State) with
        {
            Finished = picture.Finished.Count,
            Running = picture.Running.Count,
            Failed = picture.Failed.Count,
            Waiting = picture.Waiting.Count,
            Silent = picture.Silent.Count,
            Rate = TaskEstimate.Rate(picture) is { } rate ? (long)rate : null,
            LeftMs = TaskEstimate.Left(picture) is { } left ? (long)left.TotalMilliseconds : null,
            Hosts = [.. picture.View.Hosts.Select(h => new TaskHostStatus(h.Name, h.Zone, h.Progress.ToString().ToLowerInvariant(), h.Source, h.Attempts, h.Since, h.Ended, h.Reason, h.Serving))],
        },
        Readable.TaskReport);

    private static TaskReport Status(TaskSpec spec, TaskState state) => new(spec.Id, spec.Path, spec.Size, spec.Sha256, TaskText.State(state), spec.Slots, spec.MaxAttempts, spec.Created);
}
