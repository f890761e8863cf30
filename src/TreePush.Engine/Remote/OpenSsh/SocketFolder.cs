namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>
/// A folder that only its owner can enter, for the sockets of shared connections. Its path is short: a socket's path may
/// have about 100 bytes.
/// </summary>
internal sealed class SocketFolder : IDisposable
{
    private const string Prefix = "treepush-";
    private readonly string _path;
    private int _last;

    public SocketFolder()
    {
        string parent = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 and < 40 } runtime && Directory.Exists(runtime)
            ? runtime
            : "/tmp";
        RemoveAbandoned(parent);
        _path = Path.Combine(parent, Prefix + Path.GetRandomFileName()[..8]);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_path);
        else Directory.CreateDirectory(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string NextSocket() => Path.Combine(_path, Interlocked.Increment(ref _last).ToString());

    /// <summary>The path of a file with a fixed name.</summary>
    public string this[string name] => Path.Combine(_path, name);

    public void Dispose()
    {
        if (Directory.Exists(_path)) Directory.Delete(_path, recursive: true);
    }

    /// <summary>
    /// Removes the empty folders of killed controllers: their connections end by themselves and remove their sockets.
    /// </summary>
    private static void RemoveAbandoned(string parent)
    {
        foreach (string folder in Directory.EnumerateDirectories(parent, Prefix + "????????"))
            try
            {
                if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > TimeSpan.FromHours(1)) Directory.Delete(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is not empty, or belongs to another user.
            }
    }
}
