using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

internal sealed class HostNameConverter : JsonConverter<HostName>
{
    public override HostName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, HostName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>Durations in whole milliseconds.</summary>
internal sealed class MillisecondsConverter : JsonConverter<TimeSpan>
{
    private static readonly long Most = (long)TimeSpan.MaxValue.TotalMilliseconds;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        long milliseconds = reader.GetInt64();
        return Math.Abs(milliseconds) < Most ? TimeSpan.FromMilliseconds(milliseconds) : throw new JsonException("The duration is too long.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue((long)Math.Round(value.TotalMilliseconds));
}

/// <summary>The kind's name in snake_case.</summary>
internal sealed class FailureKindConverter() : JsonStringEnumConverter<FailureKind>(JsonNamingPolicy.SnakeCaseLower);

/// <inheritdoc cref="FailureKindConverter"/>
internal sealed class JobKindConverter() : JsonStringEnumConverter<JobKind>(JsonNamingPolicy.SnakeCaseLower);
