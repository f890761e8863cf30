using System.Buffers;
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

    /// <summary>
    /// Bytes that are mostly UTF-8 (paths, link targets) without loss: what is not UTF-8 or unsafe becomes <c>\xNN</c>
    /// byte by byte, and a backslash is doubled, so that two different names never look the same.
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
