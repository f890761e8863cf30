namespace TreePush.Testing;

/// <summary>
/// The programs that tests need. They are listed in tests/needs.txt, which tests/run.sh installs from: a test that asks for a program which is not in
/// the list fails on every machine, so that the list is never behind.
/// </summary>
public static class Needs
{
    private const string List = "needs.txt";

    // Administrators' programs are not in an ordinary user's PATH. What stands for another processor is unpacked in the working tree (tests/foreign.sh).
    private static readonly string[] Directories =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/sbin", WorkingTree()];

    private static readonly Dictionary<string, string> Packages = ReadList().ToDictionary(need => need.Program, need => need.Package);

    /// <summary>What is listed: a program's name or a path, and the Debian package that has it.</summary>
    public static IReadOnlyCollection<string> Programs => Packages.Keys;

    /// <summary>What the machine lacks of these, in a sentence with what to do, or null.</summary>
    /// <exception cref="InvalidOperationException">One of them is not listed in tests/needs.txt.</exception>
    public static string? MissingOf(params IReadOnlyCollection<string> programs)
    {
        if (programs.FirstOrDefault(program => !Packages.ContainsKey(program)) is { } unlisted)
            throw new InvalidOperationException($"tests/{List} does not list {unlisted}. hint: add a line \"{unlisted} <Debian package>\"");
        var missing = programs.Where(program => Find(program) is null).ToList();
        if (missing.Count == 0) return null;
        var packages = missing.Select(program => Packages[program]).Distinct().ToLookup(package => package.Contains(':'));
        string[] commands =
        [
            .. packages[false].Any() ? [$"apt-get install -y {string.Join(' ', packages[false])}"] : Array.Empty<string>(),
            .. packages[true].Any() ? [$"tests/foreign.sh {string.Join(' ', packages[true])}"] : Array.Empty<string>(),
        ];
        return $"This machine has no {string.Join(", ", missing)}. hint: {string.Join(" && ", commands)}";
    }

    /// <summary>Where a program is, or null.</summary>
    public static string? Find(string program) =>
        Directories.Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    private static string WorkingTree()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TreePush.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? AppContext.BaseDirectory;
    }

    private static IEnumerable<(string Program, string Package)> ReadList()
    {
        using var reader = new StreamReader(typeof(Needs).Assembly.GetManifestResourceStream(List)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split(' ') is not [var program, var package]) continue;
            yield return (program, package);
        }
    }
}
