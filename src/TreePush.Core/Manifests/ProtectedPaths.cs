namespace TreePush.Core.Manifests;

/// <summary>System directories that --delete does not empty without --force.</summary>
public static class ProtectedPaths
{
    private static readonly HashSet<string> Set = [.. All];

    /// <summary>Absolute paths without a slash at the end. Directories that hold user data, such as /srv and /mnt, are not protected.</summary>
    public static IReadOnlyList<string> All =>
    [
        "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/proc", "/root", "/run", "/sbin", "/sys", "/tmp",
        "/usr", "/usr/bin", "/usr/lib", "/usr/lib64", "/usr/local", "/usr/sbin", "/usr/share", "/var", "/var/cache", "/var/lib", "/var/log", "/var/spool", "/var/tmp",
    ];

    /// <summary>Whether the path, as written, is a protected directory. Only the host itself can resolve symbolic links.</summary>
    public static bool Contains(string path) => path.StartsWith('/') && Set.Contains(Plain(path));

    /// <summary>Whether the path, as written and relative to a home, is that home.</summary>
    public static bool IsHome(string path) => !path.StartsWith('/') && Plain(path) == "/";

    private static string Plain(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/'))
        {
            if (part == "..") parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else if (part is not ("" or ".")) parts.Add(part);
        }

        return "/" + string.Join('/', parts);
    }
}
