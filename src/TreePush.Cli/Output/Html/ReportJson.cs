using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>
/// The report's data as JSON that can be embedded in a page. The default encoder is strict: it escapes <c>&lt;</c>,
/// <c>&gt;</c>, <c>&amp;</c>, quotes and all that is not ASCII, so that no text can end its element.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(FailureKindConverter)])]
[JsonSerializable(typeof(ReportData))]
[JsonSerializable(typeof(SyncReportData))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    internal sealed class FailureKindConverter() : JsonStringEnumConverter<FailureKind>(JsonNamingPolicy.SnakeCaseLower);
}
