namespace TreePush.Cli.Tests.Commands;

/// <summary>Files of the working tree that tests hold the program against.</summary>
internal static class Repository
{
    private static string Root { get; } = FindRoot();

    public static string PathOf(params string[] path) => Path.Combine([Root, .. path]);

    public static string Read(params string[] path) => File.ReadAllText(PathOf(path));

    /// <summary>What a program is expected to print: tests/TreePush.Cli.Tests/Commands/Golden/NAME.</summary>
    public static string Golden(string name) => Read("tests", "TreePush.Cli.Tests", "Commands", "Golden", name);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TreePush.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("These tests need the working tree that they were built from.");
    }
}
