namespace TreePush.Cli.Output.Console;

/// <summary>Whether this program has the terminal: one that runs behind (<c>&amp;</c>, ^Z and bg) and reads a key there is stopped by the system.</summary>
internal static class Foreground
{
    private const string Stat = "/proc/self/stat";

    /// <summary>True as well where the system does not tell.</summary>
    public static bool IsOurs()
    {
        if (!OperatingSystem.IsLinux()) return true;
        // Behind the program's name in brackets: state, parent, process group, session, terminal, the terminal's process group (proc(5)).
        string stat = File.ReadAllText(Stat);
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[2] == fields[5];
    }
}
