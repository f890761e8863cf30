using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TreePush.Core.Tests.Purity;

/// <summary>Core's own project file, with its list of banned symbols, around other code: in a folder of its own that goes away again.</summary>
internal sealed partial class ImpureProject : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("treepush-purity-").FullName;

    /// <param name="statements">Each gets a method to itself.</param>
    public ImpureProject(IEnumerable<string> statements)
    {
        string root = Root();
        string core = Path.Combine(root, "src", "TreePush.Core");
        foreach (string file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json" }) Copy(Path.Combine(root, file));
        foreach (string file in new[] { "TreePush.Core.csproj", "BannedSymbols.txt" }) Copy(Path.Combine(core, file));
        var methods = statements.Select((s, i) => $"internal static class C{i} {{ internal static object M() => {s}; }}");
        File.WriteAllLines(Path.Combine(_folder, "Impure.cs"), methods);
    }

    /// <returns>For each statement the rules that the build says it breaks.</returns>
    public ILookup<int, string> Build()
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, ["build", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        };
        // A build that runs the tests leaves its settings in the environment; this one has its own.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var build = Process.Start(start)!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        output.Should().Contain("Impure.cs(", "the build should get as far as compiling");
        return Faults().Matches(output).ToLookup(m => int.Parse(m.Groups[1].Value) - 1, m => m.Groups[2].Value);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Copy(string file) => File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TreePush.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"Impure\.cs\((\d+),\d+\): (?:error|warning) (\w+):")]
    private static partial Regex Faults();
}
