namespace TreePush.Engine.Remote.SshNet;

/// <summary>Reads an ssh_config and the files that it includes, as lines in their order.</summary>
/// <param name="folder">The folder of relative paths in <c>Include</c>: the user's ~/.ssh, or /etc/ssh.</param>
internal sealed class ConfigFile(string home, string folder)
{
    /// <summary>OpenSSH's limit for nested includes.</summary>
    private const int MostDepth = 16;

    /// <returns>Empty if there is no such file.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read the file.</exception>
    public IReadOnlyList<ConfigLine> Read(string path)
    {
        var lines = new List<ConfigLine>();
        Read(path, lines, 0);
        return lines;
    }

    private void Read(string path, List<ConfigLine> lines, int depth)
    {
        if (depth > MostDepth || !File.Exists(path)) return;
        int number = 0;
        foreach (string text in File.ReadLines(path))
        {
            if (ConfigLine.Parse(text, $"{path}:{++number}") is not { } line) continue;
            if (line.Keyword != "include") lines.Add(line);
            else
                foreach (string included in line.Arguments.SelectMany(Matching)) Read(included, lines, depth + 1);
        }
    }

    /// <summary>The files that an argument of <c>Include</c> names. Only the last part of its path may have wildcards.</summary>
    private IEnumerable<string> Matching(string word)
    {
        string path = Path.Combine(folder, HomePath.Expand(word, home));
        if (!path.AsSpan().ContainsAny('*', '?')) return [path];
        string? parent = Path.GetDirectoryName(path);
        return Directory.Exists(parent) ? Directory.EnumerateFiles(parent, Path.GetFileName(path)).Order(StringComparer.Ordinal) : [];
    }
}
