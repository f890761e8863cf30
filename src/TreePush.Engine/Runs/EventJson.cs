using System.Text.Json;
using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>Events as JSON lines: the format of the journal and of <c>--json</c>, described in docs/events.md.</summary>
public static class EventJson
{
    public static string Write(RunEvent happened) => JsonSerializer.Serialize(happened, EngineJson.Readable.RunEvent);

    /// <returns>The event; null if the line is no event that this version knows.</returns>
    public static RunEvent? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, EngineJson.Readable.RunEvent);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
