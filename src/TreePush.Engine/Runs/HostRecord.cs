using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Runs;

/// <summary>A host as it is stored in a request.</summary>
internal sealed record HostRecord(string Address, int Port, string? User, Dictionary<string, string>? Variables, string? Row);

internal sealed class HostConverter : JsonConverter<Host>
{
    public override Host Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var record = JsonSerializer.Deserialize(ref reader, EngineJson.Readable.HostRecord) ?? throw new JsonException("A host is missing.");
        var host = new Host(record.Address, record.Port, record.User) { Row = record.Row };
        return record.Variables is { } variables ? host.WithVariables(variables) : host;
    }

    public override void Write(Utf8JsonWriter writer, Host value, JsonSerializerOptions options)
    {
        var variables = value.Variables.Count == 0 ? null : new Dictionary<string, string>(value.Variables);
        JsonSerializer.Serialize(writer, new HostRecord(value.Address, value.Port, value.User, variables, value.Row), EngineJson.Readable.HostRecord);
    }
}
