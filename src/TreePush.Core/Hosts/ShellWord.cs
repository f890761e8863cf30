using System.Text;

namespace TreePush.Core.Hosts;

/// <summary>Text as a word of a POSIX shell script that is itself a single line.</summary>
public static class ShellWord
{
    /// <summary>The shell variable that must hold a newline where a quoted text is used.</summary>
    public const char NewlineVariable = 'n';

    /// <summary>Sets <see cref="NewlineVariable"/>. Command substitution drops newlines at the end, hence the dot that is cut off again.</summary>
    public const string SetNewline = "n=$(printf '\\n.'); n=${n%.}";

    /// <summary>The text between single quotes, where a shell reads nothing into it; newlines are spelled as a variable, so that the result is one line.</summary>
    /// <exception cref="ArgumentException">The text holds a NUL, which no shell word can.</exception>
    public static string Quote(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("A shell word can't hold a NUL character.", nameof(text));
        var word = new StringBuilder(text.Length + 2).Append('\'');
        foreach (char c in text)
        {
            if (c == '\'') word.Append(@"'\''");
            else if (c == '\n') word.Append("'\"$").Append(NewlineVariable).Append("\"'");
            else word.Append(c);
        }

        return word.Append('\'').ToString();
    }
}
