using System.Globalization;
using System.Text;

namespace TreePush.Core.Hosts;

/// <summary>Text that came from a list, a host or a command, made fit for a terminal, a log line or a page: it can't move the cursor, change colours or reverse the line.</summary>
public static class DisplayText
{
    /// <summary>One line of at most <paramref name="limit"/> characters, and an ellipsis where it was cut; control and formatting characters become visible escapes.</summary>
    public static string Line(string text, int limit = 400)
    {
        if (text.Length <= limit && !text.Any(IsUnsafe)) return text;
        var line = new StringBuilder(Math.Min(text.Length, limit) + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            string shown = Shown(rune);
            if (line.Length + shown.Length > limit) return line.Append('…').ToString();
            line.Append(shown);
        }

        return line.ToString();
    }

    private static string Shown(Rune rune)
    {
        if (rune.Value == '\t') return " ";
        return IsUnsafe(rune) ? string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}") : rune.ToString();
    }

    private static bool IsUnsafe(char c) => char.IsSurrogate(c) || IsUnsafe(new Rune(c));

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
}
