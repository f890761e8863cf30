using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Syncing;

namespace TreePush.Engine.Syncing;

/// <summary>The name in snake_case.</summary>
internal sealed class RelayRoleConverter() : JsonStringEnumConverter<RelayRole>(JsonNamingPolicy.SnakeCaseLower);

/// <inheritdoc cref="RelayRoleConverter"/>
internal sealed class RouteConverter() : JsonStringEnumConverter<Route>(JsonNamingPolicy.SnakeCaseLower);

/// <inheritdoc cref="RelayRoleConverter"/>
internal sealed class LinkFaultConverter() : JsonStringEnumConverter<LinkFault>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>A topology in the syntax of <c>--topology</c>.</summary>
internal sealed class TopologyConverter : JsonConverter<Topology>
{
    public override Topology Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Topology.TryParse(reader.GetString() ?? "", out var topology) ? topology : throw new JsonException("The topology is none.");

    public override void Write(Utf8JsonWriter writer, Topology value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
