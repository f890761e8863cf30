using TreePush.Core.Queueing;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Queueing;

/// <summary>The folder of an agent's logs: a file for each task and source. Only its owner can read it.</summary>
public sealed class AgentLogs
{
    /// <summary>Logs that nobody has written to for so long are removed.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private AgentLogs(string path) => Path = path;

    public string Path { get; }

    /// <summary>Opens the folder, makes it if it is not there, and removes old logs.</summary>
    /// <exception cref="RunFolderException">It can't be used.</exception>
    public static AgentLogs Open(string path, DateTimeOffset now)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            PrivateFile.CreateFolder(full);
            foreach (string log in Directory.EnumerateFiles(full, "*.log"))
                if (now - File.GetLastWriteTimeUtc(log) > Kept) File.Delete(log);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"the folder {full} can't be used: {e.Message}", "--logdir names another place");
        }

        return new AgentLogs(full);
    }

    /// <inheritdoc cref="OutputLog.Open"/>
    internal OutputLog Open(TaskSpec task, Claim claim, string command) => OutputLog.Open(
        System.IO.Path.Combine(Path, $"{Uri.EscapeDataString(task.Id)}_from_{Uri.EscapeDataString(claim.Source)}.log"),
        $"{task.Path} from {claim.Source}, attempt {claim.Attempt}: {command}");
}
