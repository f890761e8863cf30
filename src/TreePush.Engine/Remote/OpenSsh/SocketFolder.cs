using TreePush.Core.Runs;

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

    /// <exception cref="RemoteException">This machine has no place for it.</exception>
    public SocketFolder()
        : this(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 and < 40 } runtime ? [runtime, "/tmp"] : ["/tmp"])
    {
    }

    /// <param name="parents">Where it may be, the best place first. After sudo or su, XDG_RUNTIME_DIR may be another user's.</param>
    /// <exception cref="RemoteException">It could be made in none of them.</exception>
    internal SocketFolder(IReadOnlyList<string> parents) => _path = Make(parents);

    public string NextSocket() => Path.Combine(_path, Interlocked.Increment(ref _last).ToString());

    /// <summary>The path of a file with a fixed name.</summary>
    public string this[string name] => Path.Combine(_path, name);

    public void Dispose()
    {
        if (Directory.Exists(_path)) Directory.Delete(_path, recursive: true);
    }

    private static string Make(IReadOnlyList<string> parents)
    {
        string why = "";
        foreach (string parent in parents)
            try
            {
                RemoveAbandoned(parent);
                return MakeIn(parent);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                why = e.Message;
            }

        throw new RemoteException(new Failure(FailureKind.ControllerFault, $"the folder for ssh's sockets could not be made: {why}",
            $"{parents[^1]} must be writable and have space left"));
    }

    private static string MakeIn(string parent)
    {
        if (!Directory.Exists(parent)) throw new DirectoryNotFoundException($"There is no folder {parent}.");
        string path = Path.Combine(parent, Prefix + Path.GetRandomFileName()[..8]);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>
    /// Removes the empty folders of killed controllers: their connections end by themselves and remove their sockets.
    /// </summary>
    private static void RemoveAbandoned(string parent)
    {
        foreach (string folder in Directory.EnumerateDirectories(parent, Prefix + "????????", new EnumerationOptions { IgnoreInaccessible = true }))
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
