using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Queueing;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Queueing;

/// <summary>How an agent's events are written as JSON: as those of runs are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(FailureKindConverter)])]
[JsonSerializable(typeof(AgentEvent))]
public sealed partial class AgentJson : JsonSerializerContext
{
    private static AgentJson? _readable;

    private static AgentJson Readable => _readable ??= new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(AgentEvent happened) => JsonSerializer.Serialize(happened, Readable.AgentEvent!);
}
