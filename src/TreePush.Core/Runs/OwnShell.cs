using System.Text.RegularExpressions;

namespace TreePush.Core.Runs;

/// <summary>The shell that runs our scripts on hosts, as its own complaints show it.</summary>
public static partial class OwnShell
{
    /// <summary>The name that it is given; its own complaints begin with it.</summary>
    public const string Name = "treepush";

    public static bool IsFrom(string line) => line.StartsWith(Name + ": ", StringComparison.Ordinal);

    /// <summary>A complaint of the shell without its account of where it stands in the script; any other line as it is.</summary>
    public static string Without(string line) => Prefix().Replace(line, "");

    [GeneratedRegex($"^{Name}: (line )?([0-9]+: )?(eval: )?", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
