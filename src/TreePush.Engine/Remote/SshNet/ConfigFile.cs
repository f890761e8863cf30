namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// Reads an ssh_config and the files that it includes, as lines in their order. What can't be read becomes a line with a
/// fault, because a line that is missing could send a login to another place.
/// </summary>
/// <param name="folder">The folder of relative paths in <c>Include</c>: the user's ~/.ssh, or /etc/ssh.</param>
internal sealed class ConfigFile(string home, string folder)
{
    /// <summary>OpenSSH's limit for nested includes.</summary>
    private const int MostDepth = 16;

    /// <param name="isOwn">The user found the file in its usual place, so that nobody else may be able to write it. ssh demands this of included files as well.</param>
    /// <returns>Empty if there is no such file.</returns>
    public IReadOnlyList<ConfigLine> Read(string path, bool isOwn) => Read(path, isOwn, 0);

    private List<ConfigLine> Read(string path, bool isOwn, int depth)
    {
        var lines = new List<ConfigLine>();
        if (depth > MostDepth) return [ConfigLine.OfFault(path, "too many nested Includes")];
        try
        {
            if (isOwn && OthersCanWrite(path)) return [ConfigLine.OfFault(path, "others can write the file")];
            int number = 0;
            foreach (string text in File.ReadLines(path))
            {
                if (ConfigLine.Parse(text, $"{path}:{++number}") is not { } line) continue;
                if (line.Keyword != "include") lines.Add(line);
                else lines.AddRange(line.Arguments.SelectMany(Matching).Select(file => line with { Included = Read(file, isOwn: true, depth + 1) }));
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // As with ssh, a file that is not there sets nothing.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            lines.Add(ConfigLine.OfFault(path, e.Message));
        }

        return lines;
    }

    private static bool OthersCanWrite(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;

    private IEnumerable<string> Matching(string argument) => GlobPath.Matches(Path.Combine(folder, HomePath.Expand(argument, home)));
}
