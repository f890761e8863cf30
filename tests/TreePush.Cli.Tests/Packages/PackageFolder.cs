using TreePush.Cli.Tests.Commands;

namespace TreePush.Cli.Tests.Packages;

/// <summary>What packaging/build.sh has built.</summary>
internal static class PackageFolder
{
    public static string Path { get; } = Repository.PathOf("artifacts", "packages");

    /// <summary>The commit and the version that it was built from, as the .NET tool tells them.</summary>
    public static string Version => $"{ToolPackage.Read("version")}+{ToolPackage.Read("repository", "commit")}";

    /// <summary>What is missing for a test of it, in a sentence, or null.</summary>
    public static string? Missing(string runtime) => File.Exists(System.IO.Path.Combine(Path, "SHA256SUMS")) && Archives().Any(a => a.Contains(runtime, StringComparison.Ordinal))
        ? null : $"There is no package for {runtime} in artifacts/packages. hint: packaging/build.sh";

    /// <summary>The archives with the executable, one for each runtime that was asked for.</summary>
    public static IReadOnlyList<string> Archives() => [.. Files("treepush-*.tar.gz"), .. Files("treepush-*.zip")];

    public static string Only(string pattern) => Files(pattern).Single();

    /// <summary>Where the executable for a runtime lies, before it was packed.</summary>
    public static string Executable(string runtime) => Repository.PathOf("artifacts", "executables", runtime, "treepush");

    private static string[] Files(string pattern) => Directory.Exists(Path) ? Directory.GetFiles(Path, pattern) : [];
}
