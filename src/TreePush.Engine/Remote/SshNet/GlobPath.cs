using System.Text.RegularExpressions;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>Paths with the wildcards of glob(7): *, ? and [...], none of which matches a leading dot.</summary>
internal static class GlobPath
{
    /// <returns>The files that exist, in the order of their names.</returns>
    /// <exception cref="IOException">A folder can't be listed.</exception>
    /// <exception cref="ArgumentException">A set is malformed, such as [z-a].</exception>
    public static IEnumerable<string> Matches(string path)
    {
        if (!path.AsSpan().ContainsAny('*', '?', '[')) return File.Exists(path) || Directory.Exists(path) ? [path] : [];
        if (Path.GetDirectoryName(path) is not { } parent) return [];
        string glob = Path.GetFileName(path);
        var pattern = ToRegex(glob);
        return Matches(parent).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFileSystemEntries(folder)
            .Where(entry => Path.GetFileName(entry) is var name && name.StartsWith('.') == glob.StartsWith('.') && pattern.IsMatch(name)).Order(StringComparer.Ordinal));
    }

    private static Regex ToRegex(string glob)
    {
        string regex = Regex.Replace(glob, @"\[(?<not>[!^]?)(?<set>\]?[^\]]*)\]|.", m => m.Value switch
        {
            "*" => ".*",
            "?" => ".",
            _ when m.Groups["set"].Success => $"[{(m.Groups["not"].Length > 0 ? "^" : "")}{Regex.Replace(m.Groups["set"].Value, @"[\\\[\]^]", @"\$0")}]",
            _ => Regex.Escape(m.Value),
        }, RegexOptions.Singleline);
        return new Regex($@"\A{regex}\z", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }
}
