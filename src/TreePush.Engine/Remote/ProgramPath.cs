namespace TreePush.Engine.Remote;

/// <summary>Looks up programs as a shell does.</summary>
public static class ProgramPath
{
    /// <returns>The program's full path; null if it is not in PATH.</returns>
    public static string? Find(string name)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(f => endings.Select(e => Path.Combine(f, name + e))).FirstOrDefault(File.Exists);
    }
}
