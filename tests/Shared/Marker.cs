
namespace TreePush.Testing;

/// <summary>A number that no other command line has, and that is a long time in seconds: `sleep MARKER` is found by it wherever it runs.</summary>
internal static class Marker
{
    public static string New() => $"4321.{Random.Shared.Next(100_000_000, 1_000_000_000)}";
}
