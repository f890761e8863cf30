using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Runs;
using TreePush.Engine.Syncing;

namespace TreePush.Engine.Runs;

/// <summary>How events and requests are written as JSON: names in snake_case, times in ISO 8601, durations in whole milliseconds, nothing for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(HostNameConverter), typeof(HostConverter), typeof(MillisecondsConverter), typeof(JobKindConverter), typeof(FailureKindConverter),
        typeof(RelayRoleConverter), typeof(RouteConverter), typeof(LinkFaultConverter), typeof(TopologyConverter)])]
[JsonSerializable(typeof(RunEvent))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(HostRecord))]
internal sealed partial class EngineJson : JsonSerializerContext
{
    private static EngineJson? _readable;

    /// <summary>Quotes and letters of all languages stand as they are: the lines are for logs and programs, not for the inside of a page.</summary>
    public static EngineJson Readable =>
        _readable ??= new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
