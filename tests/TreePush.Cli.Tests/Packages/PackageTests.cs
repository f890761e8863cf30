using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using TreePush.Cli.Tests.Commands;

namespace TreePush.Cli.Tests.Packages;

/// <summary>Packages say what they are of, under which licence, and run.</summary>
public sealed class PackageTests
{
    [PackageFact("sha256sum")]
    public async Task Sums_beside_the_packages_are_theirs()
    {
        string output = await Shell.RunAsync("sha256sum", ["--check", "--strict", "SHA256SUMS"], PackageFolder.Path);
        output.TrimEnd().Split('\n').Should().HaveCount(Directory.GetFiles(PackageFolder.Path).Length - 1)
            .And.OnlyContain(line => line.EndsWith(": OK"));
    }

    [PackageFact]
    public void Archives_hold_the_executable_its_manual_and_the_licences()
    {
        foreach (string archive in PackageFolder.Archives())
        {
            string[] files = [.. Names(archive).Select(n => n[(n.IndexOf('/', StringComparison.Ordinal) + 1)..])];
            files.Should().Contain(["LICENSE", "THIRD-PARTY.md", "Apache-2.0.txt", "DOTNET-NOTICES.txt", "treepush.1", "completions/treepush.bash"], archive);
            files.Should().Contain(archive.Contains("win-", StringComparison.Ordinal) ? "treepush.exe" : "treepush", archive);
        }
    }

    [PackageFact]
    public void Tool_tells_its_version_licence_and_commit()
    {
        ToolPackage.Read("version").Should().MatchRegex(@"^\d+\.\d+\.\d+$");
        ToolPackage.Read("license").Should().Be("MIT");
        ToolPackage.Read("repository", "commit").Should().MatchRegex("^[0-9a-f]{40}$");
        ToolPackage.Entries().Should().Contain(["LICENSE", "THIRD-PARTY.md", "README.md"]);
    }

    [PackageFact]
    public async Task Tool_is_installed_and_runs()
    {
        string folder = Directory.CreateTempSubdirectory("treepush-tool-").FullName;
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string installed = await Shell.RunAsync(dotnet, ["tool", "install", "TreePush", "--tool-path", folder, "--source", PackageFolder.Path]);
        string program = Path.Combine(folder, "treepush");
        File.Exists(program).Should().BeTrue(installed);
        (await Shell.RunAsync(program, ["--version"])).Should().Be(PackageFolder.Version + "\n");
        Directory.Delete(folder, recursive: true);
    }

    [PackageFact]
    public async Task Executable_tells_the_version_and_the_commit() =>
        (await Shell.RunAsync(PackageFolder.Executable(PackageFactAttribute.ThisRuntime), ["--version"])).Should().Be(PackageFolder.Version + "\n");

    [Arm64ExecutableFact]
    public async Task Executable_for_arm64_runs_emulated()
    {
        string[] command = ["-L", Repository.PathOf("artifacts", "arm64"), PackageFolder.Executable("linux-arm64")];
        (await Shell.RunAsync("qemu-aarch64-static", [.. command, "--version"])).Should().Be(PackageFolder.Version + "\n");
        string plan = await Shell.RunAsync("qemu-aarch64-static", [.. command, "plan", "--hosts", "50", "--size", "1GB", "--rate", "1Gbit", "--json"]);
        JsonDocument.Parse(plan).RootElement.GetProperty("plan").GetProperty("served").GetInt32().Should().Be(50);
    }

    [Fact]
    public void Every_package_that_is_shipped_is_named_with_its_licence()
    {
        using var locked = JsonDocument.Parse(Repository.Read("src", "TreePush.Cli", "packages.lock.json"));
        string notices = Repository.Read("packaging", "THIRD-PARTY.md");
        var packages = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(p => p.Value.GetProperty("type").GetString() != "Project").Select(p => p.Name).ToList();
        packages.Should().Contain("Serilog").And.OnlyContain(name => notices.Contains(name));
    }

    private static List<string> Names(string archive)
    {
        if (archive.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var zip = ZipFile.OpenRead(archive);
            return [.. zip.Entries.Select(e => e.FullName)];
        }

        using var tar = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        var names = new List<string>();
        while (tar.GetNextEntry() is { } entry) names.Add(entry.Name);
        return names;
    }
}
