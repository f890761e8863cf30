using System.Text.RegularExpressions;

namespace TreePush.Core.Runs;

/// <summary>Recognises error messages of the shell that runs TreePush's scripts on hosts.</summary>
public static partial class OwnShell
{
    /// <summary>The name that the shell is started under. Its error messages begin with this name.</summary>
    public const string Name = "treepush";

    public static bool IsFrom(string line) => line.StartsWith(Name + ": ", StringComparison.Ordinal);

    /// <summary>Removes the shell's name and position in the script from an error message of the shell. Other lines are returned unchanged.</summary>
    public static string Without(string line) => Prefix().Replace(line, "");

    [GeneratedRegex($"^{Name}: (line )?([0-9]+: )?(eval: )?", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
