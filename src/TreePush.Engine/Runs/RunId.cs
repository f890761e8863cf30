using System.Text.RegularExpressions;

namespace TreePush.Engine.Runs;

/// <summary>
/// Names a run and its folder: the time of its start in UTC, to the second, then in hexadecimal 65,536ths of a second.
/// Ids sort by time.
/// </summary>
public static partial class RunId
{
    public static string New(DateTimeOffset now) => $"{now.UtcDateTime:yyyyMMdd-HHmmss}-{(now.Ticks % TimeSpan.TicksPerSecond << 16) / TimeSpan.TicksPerSecond:x4}";

    public static bool IsId(string text) => Pattern().IsMatch(text);

    [GeneratedRegex(@"^\d{8}-\d{6}-[0-9a-f]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
