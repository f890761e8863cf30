namespace TreePush.Engine.Remote.SshNet;

/// <summary>Reads an ssh_config with what it includes, as lines in their order.</summary>
/// <param name="folder">What relative paths in <c>Include</c> are relative to: the user's ~/.ssh, or /etc/ssh.</param>
internal sealed class ConfigFile(string home, string folder)
{
    /// <summary>As deep as OpenSSH goes.</summary>
    private const int MostDepth = 16;

    /// <returns>Nothing where there is no such file.</returns>
    /// <exception cref="RemoteException">The file can't be read.</exception>
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

    /// <summary>The files that a word of an <c>Include</c> names; only the last part of its path may have wildcards.</summary>
    private IEnumerable<string> Matching(string word)
    {
        string path = Path.Combine(folder, HomePath.Expand(word, home));
        if (!path.AsSpan().ContainsAny('*', '?')) return [path];
        string? parent = Path.GetDirectoryName(path);
        return Directory.Exists(parent) ? Directory.EnumerateFiles(parent, Path.GetFileName(path)).Order(StringComparer.Ordinal) : [];
    }
}
