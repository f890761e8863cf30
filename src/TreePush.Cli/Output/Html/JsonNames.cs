using System.Text.Json;

namespace TreePush.Cli.Output.Html;

/// <summary>A word of an enumeration as JSON has it everywhere: in snake_case.</summary>
internal static class JsonNames
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
