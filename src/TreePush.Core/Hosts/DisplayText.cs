using System.Globalization;
using System.Text;

namespace TreePush.Core.Hosts;

/// <summary>Text that came from a list, a host or a command, made fit for a terminal, a log line or a page: it can't move the cursor, change colours or reverse the line.</summary>
public static class DisplayText
{
    /// <summary>One line of at most <paramref name="limit"/> characters; control and formatting characters become visible escapes.</summary>
    public static string Line(string text, int limit = 400)
    {
        if (text.Length <= limit && !text.Any(IsUnsafe)) return text;
        var line = new StringBuilder(Math.Min(text.Length, limit) + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= limit)
            {
                line.Append('…');
                break;
            }

            if (rune.Value == '\t') line.Append(' ');
            else if (IsUnsafe(rune)) line.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
            else line.Append(rune.ToString());
        }

        return line.ToString();
    }

    private static bool IsUnsafe(char c) => char.IsSurrogate(c) || IsUnsafe(new Rune(c));

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
}
