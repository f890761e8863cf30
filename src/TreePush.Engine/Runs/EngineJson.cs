using System.Text.Json.Serialization;
using TreePush.Core.Pushing;

namespace TreePush.Engine.Runs;

/// <summary>How events and requests are written as JSON: names in snake_case, times in ISO 8601, durations in seconds, nothing for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(HostNameConverter), typeof(HostConverter), typeof(SecondsConverter), typeof(FailureKindConverter)])]
[JsonSerializable(typeof(PushEvent))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(HostRecord))]
internal sealed partial class EngineJson : JsonSerializerContext;
