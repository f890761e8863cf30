namespace TreePush.Engine.Remote;

/// <summary>A file that a host is to have.</summary>
/// <param name="Folder">It is made, with the folders above it, where it is missing. Absolute, or relative to the login's home, with <c>~/</c> in front or without.</param>
/// <param name="Name">One component of a path: any characters but a slash and NUL.</param>
/// <param name="Length">In bytes.</param>
public sealed record FileCopy(string Folder, string Name, long Length)
{
    /// <summary>The SHA-256 that the content must have at the host, in lower-case hex. Null: only the length is compared.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The file's mode. Null: what the login's umask leaves of <c>rw-rw-rw-</c>.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>Letters, digits, '-' and '_'. A copy first removes what an earlier one with the same key left unfinished in the folder.</summary>
    public string Key { get; init; } = Guid.NewGuid().ToString("n");

    /// <summary>The host is asked first whether it has the file already, with this hash. Without a hash it is not asked.</summary>
    public bool AsksFirst { get; init; }

    /// <summary>The folder's full path, without a slash at its end.</summary>
    /// <param name="home">The login's home, an absolute path.</param>
    public string FullFolder(string home)
    {
        if (Folder.StartsWith('/')) return Trim(Folder);
        string below = Folder == "~" ? "" : Folder.StartsWith("~/", StringComparison.Ordinal) ? Folder[2..] : Folder;
        return Trim($"{home.TrimEnd('/')}/{below}");
    }

    private static string Trim(string path) => path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/";
}
