using TreePush.Core.Runs;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>
/// A folder that only its owner can enter, for the sockets of shared connections. Its path is short: a socket's path may
/// have about 100 bytes.
/// </summary>
internal sealed class SocketFolder : IDisposable
{
    private const string Prefix = "treepush-";

    /// <summary>A file in the folder that is held open, and so locked, as long as its controller lives.</summary>
    private const string Lock = "lock";

    private readonly string _path;
    private readonly FileStream _lock;
    private int _last;

    /// <exception cref="RemoteException">This machine has no place for it.</exception>
    public SocketFolder()
        : this(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 and < 40 } runtime ? [runtime, "/tmp"] : ["/tmp"])
    {
    }

    /// <param name="parents">Where it may be, the best place first. After sudo or su, XDG_RUNTIME_DIR may be another user's.</param>
    /// <exception cref="RemoteException">It could be made in none of them.</exception>
    internal SocketFolder(IReadOnlyList<string> parents)
    {
        _path = Make(parents, out _lock);
    }

    public string NextSocket() => Path.Combine(_path, Interlocked.Increment(ref _last).ToString());

    /// <summary>The path of a file with a fixed name.</summary>
    public string this[string name] => Path.Combine(_path, name);

    public void Dispose()
    {
        _lock.Dispose();
        if (Directory.Exists(_path)) Directory.Delete(_path, recursive: true);
    }

    private static string Make(IReadOnlyList<string> parents, out FileStream held)
    {
        string why = "";
        foreach (string parent in parents)
            try
            {
                RemoveAbandoned(parent);
                string path = MakeIn(parent);
                held = Hold(path, FileMode.CreateNew);
                return path;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                why = e.Message;
            }

        throw new RemoteException(new Failure(FailureKind.ControllerFault, $"the folder for ssh's sockets could not be made: {why}",
            $"{parents[^1]} must be writable and have space left"));
    }

    private static FileStream Hold(string folder, FileMode mode) => new(Path.Combine(folder, Lock), mode, FileAccess.ReadWrite, FileShare.None);

    private static string MakeIn(string parent)
    {
        if (!Directory.Exists(parent)) throw new DirectoryNotFoundException($"There is no folder {parent}.");
        string path = Path.Combine(parent, Prefix + Path.GetRandomFileName()[..8]);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Removes the folders of killed controllers.</summary>
    private static void RemoveAbandoned(string parent)
    {
        foreach (string folder in Directory.EnumerateDirectories(parent, Prefix + "????????", new EnumerationOptions { IgnoreInaccessible = true }))
            try
            {
                // A young folder may not have its lock yet.
                if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > TimeSpan.FromHours(1)) Remove(folder, IsPrivate(parent));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Its controller lives, or it belongs to another user.
            }
    }

    /// <summary>
    /// Removes a folder with everything in it. Where others can make such a folder too, they could swap it for a link to
    /// files of this user while it is emptied: there, the system's own cleaning of /tmp is left to do it.
    /// </summary>
    private static void Remove(string folder, bool isParentPrivate)
    {
        if (!isParentPrivate)
        {
            Directory.Delete(folder);
            return;
        }

        using var held = Hold(folder, FileMode.OpenOrCreate);
        Directory.Delete(folder, recursive: true);
    }

    private static bool IsPrivate(string parent) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(parent) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;
}
