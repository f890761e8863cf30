namespace TreePush.Engine.Runs;

/// <summary>
/// Files and folders that only their owner can read: host lists may contain secrets, and these files repeat their
/// columns.
/// </summary>
internal static class PrivateFile
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open) options.UnixCreateMode = FileMode600;
        return options;
    }

    /// <summary>Writes a file that appears complete or not at all.</summary>
    public static void WriteAllText(string path, string text)
    {
        string temporary = path + ".tmp";
        File.Delete(temporary);
        using (var file = new StreamWriter(temporary, Options(FileMode.CreateNew, FileAccess.Write, FileShare.None))) file.Write(text);
        File.Move(temporary, path, overwrite: true);
    }

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, FileMode600 | UnixFileMode.UserExecute);
    }
}
