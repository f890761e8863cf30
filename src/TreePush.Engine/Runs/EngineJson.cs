using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Runs;
using TreePush.Engine.Syncing;

namespace TreePush.Engine.Runs;

/// <summary>
/// The JSON format of events and requests: names in snake_case, times in ISO 8601, durations in whole milliseconds; nulls
/// are omitted.
/// </summary>
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

    /// <summary>
    /// Does not escape quotes and non-ASCII letters beyond what JSON requires: the lines are for logs and programs, not
    /// for HTML pages.
    /// </summary>
    public static EngineJson Readable =>
        _readable ??= new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
