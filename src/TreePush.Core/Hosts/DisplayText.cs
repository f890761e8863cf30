using System.Buffers;
using System.Globalization;
using System.Text;

namespace TreePush.Core.Hosts;

/// <summary>
/// Makes text from a list, a host or a command safe to print on a terminal, in a log or on a page: the text can't move the
/// cursor, change colours or reverse the line.
/// </summary>
public static class DisplayText
{
    /// <summary>
    /// Returns one line of at most <paramref name="limit"/> characters. A longer text is cut and ends in an ellipsis. Control and
    /// formatting characters become visible escapes.
    /// </summary>
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

    /// <summary>
    /// Returns bytes that are mostly UTF-8 (paths, link targets) as text, without loss. Each byte that is not UTF-8 or not safe
    /// to print becomes <c>\xNN</c>, and a backslash is doubled. Two different names therefore never look the same.
    /// </summary>
    public static string OfBytes(ReadOnlySpan<byte> bytes)
    {
        var line = new StringBuilder(bytes.Length + 8);
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out int length);
            if (status == OperationStatus.Done && rune.Value == '\\') line.Append(@"\\");
            else if (status == OperationStatus.Done && !IsUnsafe(rune)) line.Append(rune.ToString());
            else
            {
                foreach (byte b in bytes[..length]) line.Append($"\\x{b:x2}");
            }

            bytes = bytes[length..];
        }

        return line.ToString();
    }

    private static string Shown(Rune rune)
    {
        if (rune.Value == '\t') return " ";
        return IsUnsafe(rune) ? $"\\x{rune.Value:x2}" : rune.ToString();
    }

    private static bool IsUnsafe(char c) => char.IsSurrogate(c) || IsUnsafe(new Rune(c));

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
}
