using System.Text.Json.Serialization;

namespace TreePush.Engine.Alerts;

/// <summary>How alerts are written as JSON: names in snake_case, times in ISO 8601.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class AlertJson : JsonSerializerContext;
