using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Dispatching;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching;

/// <summary>How a dispatcher's events are written as JSON: as those of runs are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(HostNameConverter), typeof(FailureKindConverter)])]
[JsonSerializable(typeof(DispatchEvent))]
public sealed partial class DispatchJson : JsonSerializerContext
{
    private static DispatchJson? _readable;

    private static DispatchJson Readable => _readable ??= new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(DispatchEvent happened) => JsonSerializer.Serialize(happened, Readable.DispatchEvent!);

    /// <returns>The event; null if this version does not know the line.</returns>
    public static DispatchEvent? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, Readable.DispatchEvent!);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
