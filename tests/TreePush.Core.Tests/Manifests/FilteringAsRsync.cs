using System.Diagnostics;
using TreePush.Core.Manifests;
using TreePush.Testing;

namespace TreePush.Core.Tests.Manifests;

/// <summary>The same rules on the same tree give what rsync itself would bring over.</summary>
public sealed class FilteringAsRsync : IDisposable
{
    private static readonly string[] Files =
        ["a", "b", "ab", "a.o", "*", "a\\b", "[x]", "d/a", "d/b.o", "d/e/a", "d/e/ab", "d/d/a", "e/d/a", "e/d/b/ab", "e/a.o/b", "ab/d/e", "foo/bar/baz", "foo/bar.c", "x/foo/bar/a"];

    private static readonly string[] Parts = ["a", "b", "d", "e", "*", "**", "?", "/", "/", "[ab]", "[!a]", ".o", "foo", "bar", "***", "\\*", "[[:alpha:]]"];

    private readonly DirectoryInfo _tree = Directory.CreateTempSubdirectory("tp-filter-");

    public FilteringAsRsync()
    {
        foreach (string file in Files)
        {
            string path = Path.Combine(_tree.FullName, file == "ab/d/e" ? "abd/d/e" : file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }

    [FactWith("rsync")]
    public void Rules_of_the_manual_choose_the_same_entries()
    {
        string[] rules =
        [
            "-*.o", "-/foo", "-foo/bar", "-foo/", "-/foo/*/baz", "-foo/**/baz", "-/d/***", "+d/ +a -*", "+*/ +a -*", "-d/** +d", "-e/*", "-**/a",
            "-**a", "-a**", "-/a*", "-\\*", "-a\\b", "-[[]x]", "-[x]", "+/d/ +/d/e/*** -*", "-d/e/", "-*/", "-/*/*/", "-?", "-[!a]", "-foo/bar/baz",
        ];
        foreach (string rule in rules) Compare(rule.Split(' '));
    }

    [FactWith("rsync")]
    public void Random_rules_choose_the_same_entries()
    {
        var random = new Random(1);
        int compared = 0;
        while (compared < 60)
        {
            string[] rules = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomRule(random))];
            if (PathFilter.Parse(rules.Select(Read)).Filter is null) continue;
            Compare(rules);
            compared++;
        }
    }

    private static string RandomRule(Random random) =>
        (random.Next(3) == 0 ? "+" : "-") + string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Parts[random.Next(Parts.Length)]));

    private static (bool Include, string Pattern) Read(string rule) => (rule[0] == '+', rule[1..]);

    private void Compare(string[] rules)
    {
        var (filter, problems) = PathFilter.Parse(rules.Select(Read));
        problems.Should().BeEmpty();
        var entries = _tree.EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        var ours = from entry in entries
                   let path = Path.GetRelativePath(_tree.FullName, entry.FullName)
                   let isDirectory = entry is DirectoryInfo
                   where !filter!.ExcludesWithin(RelativePath.Of(path), isDirectory)
                   select isDirectory ? path + "/" : path;
        ours.Should().BeEquivalentTo(Rsync(rules), "rsync chooses these by {0}", string.Join(' ', rules));
    }

    private string[] Rsync(string[] rules)
    {
        var start = new ProcessStartInfo("rsync") { RedirectStandardOutput = true };
        string[] arguments = ["-an", "-8", "--out-format=%n", .. rules.Select(r => (r[0] == '+' ? "--include=" : "--exclude=") + r[1..]), _tree.FullName + "/", _tree.FullName + "-copy/"];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using var rsync = Process.Start(start)!;
        string output = rsync.StandardOutput.ReadToEnd();
        rsync.WaitForExit();
        rsync.ExitCode.Should().Be(0);
        // rsync writes a backslash that could be read as an escape as one.
        return [.. output.Replace("\\#134", "\\", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(n => n != "./" && !n.StartsWith("created ", StringComparison.Ordinal))];
    }

    public void Dispose() => _tree.Delete(recursive: true);
}
