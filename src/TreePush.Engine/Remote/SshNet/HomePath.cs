namespace TreePush.Engine.Remote.SshNet;

/// <summary>Paths in the syntax of ssh_config.</summary>
internal static class HomePath
{
    /// <summary>Replaces a leading tilde with the user's home.</summary>
    /// <exception cref="FormatException">The path names another user's home.</exception>
    public static string Expand(string path, string home)
    {
        if (!path.StartsWith('~')) return path;
        if (path == "~") return home;
        return path[1] == '/' || path[1] == Path.DirectorySeparatorChar ? Path.Combine(home, path[2..])
            : throw new FormatException($"the builtin ssh client does not know whose home '{path}' means");
    }
}
