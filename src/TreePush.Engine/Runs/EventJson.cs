using System.Text.Json;
using TreePush.Core.Pushing;

namespace TreePush.Engine.Runs;

/// <summary>Events as lines of JSON: the journal's format and that of <c>--json</c>, described in docs/events.md.</summary>
public static class EventJson
{
    public static string Write(PushEvent happened) => JsonSerializer.Serialize(happened, EngineJson.Readable.PushEvent);

    /// <returns>The event, or null where the line is none that this version knows.</returns>
    public static PushEvent? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EngineJson.Readable.PushEvent);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
