using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Dispatching;

/// <summary>Reads the user's netrc file: the one that NETRC names, as for curl since 8.16, or else <c>~/.netrc</c>.</summary>
public static class NetrcReader
{
    private const UnixFileMode OpenToOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>curl reads no more either.</summary>
    private const int MostBytes = 128 * 1024;

    /// <summary>Where the file is looked for.</summary>
    public static string DefaultPath => Environment.GetEnvironmentVariable("NETRC") is { Length: > 0 } path
        ? path : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".netrc");

    /// <param name="warn">Told in a sentence that others can read passwords.</param>
    /// <returns>An empty one where there is no file; one with a problem where it can't be read.</returns>
    public static NetrcFile Read(string path, Action<string> warn)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists) return NetrcFile.Empty;
            if (info.Length > MostBytes) return Unreadable(path, $"the file is larger than {MostBytes} bytes");
            var netrc = NetrcFile.Parse(File.ReadAllText(path), DisplayText.Line(path));
            if (netrc.HoldsPasswords && IsOpenToOthers(info)) warn($"others can read the passwords in {DisplayText.Line(path)} (hint: chmod 600 {DisplayText.Line(path)})");
            return netrc;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, $"the file can't be read: {DisplayText.Line(e.Message)}");
        }
    }

    private static bool IsOpenToOthers(FileInfo file)
    {
        if (OperatingSystem.IsWindows()) return false;
        var target = file.ResolveLinkTarget(returnFinalTarget: true);
        return ((target?.UnixFileMode ?? file.UnixFileMode) & OpenToOthers) != 0;
    }

    private static NetrcFile Unreadable(string path, string what) => new([], [new Problem(DisplayText.Line(path), what)]);
}
