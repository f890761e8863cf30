namespace TreePush.Engine.Remote.SshNet;

/// <summary>Paths in the syntax of ssh_config.</summary>
internal static class HomePath
{
    /// <summary>Replaces a leading tilde with the user's home.</summary>
    public static string Expand(string path, string home) =>
        path == "~" ? home : path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : path;
}
