using TreePush.Engine.Runs;

namespace TreePush.Engine.Queueing;

/// <summary>
/// Keeps a second agent of the same name from running on this machine. The lock ends with the process, however it ends; the file
/// stays, since another agent may hold it by the time it is removed.
/// </summary>
public sealed class AgentLock : IDisposable
{
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private AgentLock(FileStream file) => _file = file;

    /// <param name="folder">It is made if it is not there, for this user only.</param>
    /// <param name="name">The agent's name.</param>
    /// <returns>Null if another agent has it.</returns>
    /// <exception cref="RunFolderException">The folder can't be used.</exception>
    public static AgentLock? TryTake(string folder, string name)
    {
        string full = Path.GetFullPath(folder);
        try
        {
            PrivateFile.CreateFolder(full);
            return new AgentLock(new FileStream(Path.Combine(full, $"{Uri.EscapeDataString(name)}.lock"), PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)));
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"the folder {full} can't be used: {e.Message}", "--state names another place");
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Whether the file is locked, by flock(2)'s error number or by Windows' own.</summary>
    private static bool IsHeld(IOException fault) => fault.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolation;
}
