using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Broadcasting;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Engine.Runs;

internal sealed class HostNameConverter : JsonConverter<HostName>
{
    public override HostName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, HostName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>Durations in seconds, to the millisecond.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        double seconds = reader.GetDouble();
        return Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : throw new JsonException("The duration is too long.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Math.Round(value.TotalSeconds, 3));
}

/// <summary>The kind's name in snake_case.</summary>
internal sealed class FailureKindConverter() : JsonStringEnumConverter<FailureKind>(JsonNamingPolicy.SnakeCaseLower);

/// <inheritdoc cref="FailureKindConverter"/>
internal sealed class RelayRoleConverter() : JsonStringEnumConverter<RelayRole>(JsonNamingPolicy.SnakeCaseLower);

/// <inheritdoc cref="FailureKindConverter"/>
internal sealed class RouteConverter() : JsonStringEnumConverter<Route>(JsonNamingPolicy.SnakeCaseLower);

/// <inheritdoc cref="FailureKindConverter"/>
internal sealed class LinkFaultConverter() : JsonStringEnumConverter<LinkFault>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>A topology as <c>--topology</c> has it.</summary>
internal sealed class TopologyConverter : JsonConverter<Topology>
{
    public override Topology Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Topology.TryParse(reader.GetString() ?? "", out var topology) ? topology : throw new JsonException("The topology is none.");

    public override void Write(Utf8JsonWriter writer, Topology value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
