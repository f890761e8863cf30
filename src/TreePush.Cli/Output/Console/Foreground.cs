namespace TreePush.Cli.Output.Console;

/// <summary>
/// Whether this program is in the terminal's foreground. The system stops a background program (<c>&amp;</c>, ^Z and bg)
/// that reads a key.
/// </summary>
internal static class Foreground
{
    private const string Stat = "/proc/self/stat";

    /// <summary>Also true on systems that do not tell.</summary>
    public static bool IsOurs()
    {
        if (!OperatingSystem.IsLinux()) return true;
        // The fields behind the program's name, which is in brackets: state, parent, process group, session, terminal, the
        // terminal's process group (proc(5)).
        string stat = File.ReadAllText(Stat);
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[2] == fields[5];
    }
}
