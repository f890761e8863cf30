using System.Text;

namespace TreePush.Core.Hosts;

/// <summary>Quotes text as a word of a POSIX shell script of one line.</summary>
public static class ShellWord
{
    /// <summary>The shell variable that must hold a newline wherever quoted text is used.</summary>
    public const char NewlineVariable = 'n';

    /// <summary>
    /// A shell command that sets <see cref="NewlineVariable"/>. Command substitution removes trailing newlines, so a dot is
    /// appended and then cut off.
    /// </summary>
    public const string SetNewline = "n=$(printf '\\n.'); n=${n%.}";

    /// <summary>
    /// Returns the text in single quotes, where a shell interprets nothing. A newline is written as a variable, so that the
    /// result is one line.
    /// </summary>
    /// <exception cref="ArgumentException">The text contains a NUL character, which no shell word can hold.</exception>
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
