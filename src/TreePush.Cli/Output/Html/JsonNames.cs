using System.Text.Json;

namespace TreePush.Cli.Output.Html;

/// <summary>The name of an enumeration's member in JSON: in snake_case.</summary>
internal static class JsonNames
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
