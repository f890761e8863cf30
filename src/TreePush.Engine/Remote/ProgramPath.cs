namespace TreePush.Engine.Remote;

/// <summary>Looks programs up as a shell would.</summary>
public static class ProgramPath
{
    /// <returns>The program's full path, or null where PATH leads to none.</returns>
    public static string? Find(string name)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(f => endings.Select(e => Path.Combine(f, name + e))).FirstOrDefault(File.Exists);
    }
}
