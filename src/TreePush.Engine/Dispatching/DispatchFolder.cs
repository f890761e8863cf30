using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching;

/// <summary>
/// The folder of a dispatcher: its journal, private copies of packages, and logs of install commands. Only its owner can read it.
/// Several processes may use it at once.
/// </summary>
public sealed class DispatchFolder
{
    private DispatchFolder(string path) => Path = path;

    public string Path { get; }

    public string Journal => System.IO.Path.Combine(Path, "journal.jsonl");

    /// <summary>Where private copies are.</summary>
    public string Packages => System.IO.Path.Combine(Path, "packages");

    public string Logs => System.IO.Path.Combine(Path, "logs");

    /// <summary>Opens the folder, and makes it if it is not there.</summary>
    /// <exception cref="RunFolderException">It can't be used, or others can.</exception>
    public static DispatchFolder Open(string path)
    {
        var folder = new DispatchFolder(System.IO.Path.GetFullPath(path));
        try
        {
            foreach (string each in new[] { folder.Path, folder.Packages, folder.Logs }) PrivateFile.CreateFolder(each);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"the folder {folder.Path} can't be used: {e.Message}", "--state names another place");
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder.Path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != 0)
            throw new RunFolderException($"the folder {folder.Path} is open to others", $"chmod 700 {folder.Path}");
        return folder;
    }

    /// <summary>The private copy of a package.</summary>
    public string FileOf(string id) => System.IO.Path.Combine(Packages, id);

    /// <summary>Claims a package for this process. The claim ends with the process, however it ends.</summary>
    /// <returns>Null if another process has it.</returns>
    public IDisposable? TryClaim(string id)
    {
        try
        {
            return new FileStream(FileOf(id) + ".lock", PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Removes the private copy of a package.</summary>
    public void Remove(string id)
    {
        File.Delete(FileOf(id));
        File.Delete(FileOf(id) + ".lock");
    }
}
