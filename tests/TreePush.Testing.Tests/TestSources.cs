using System.Runtime.CompilerServices;

namespace TreePush.Testing.Tests;

/// <summary>The text of all tests, for rules that they keep.</summary>
internal static class TestSources
{
    public static IEnumerable<(string File, string Text)> All() =>
        from file in Directory.EnumerateFiles(Root(), "*.cs", SearchOption.AllDirectories)
        where !file.Split(Path.DirectorySeparatorChar).Contains("obj")
        select (Path.GetFileName(file), File.ReadAllText(file));

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, ".."));
}
