using System.Globalization;
using System.Text;

namespace TreePush.Core.Queueing;

/// <summary>What the path of a task may look like. Whether an agent may write there is another question.</summary>
public static class TaskPath
{
    /// <summary>In characters. Linux takes 4,096 bytes with the closing NUL.</summary>
    private const int Longest = 4095;

    /// <returns>Why it is no path of a task, to follow the path in a sentence; null if it is one.</returns>
    public static string? Fault(string path)
    {
        if (path.Length == 0) return "is empty";
        if (path.Length > Longest) return "is too long";
        if (path[0] != '/') return "is not absolute";
        if (path.EnumerateRunes().Any(r => Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            return "has control characters in it";
        // What was no text became U+FFFD when it was read, and would be another file's name.
        if (path.Contains('\ufffd', StringComparison.Ordinal)) return "is not valid UTF-8";
        if (path[1..].Split('/').Any(c => c is "." or "..")) return "has '.' or '..' in it";
        return path[1..].Split('/').Contains("") ? "has an empty component" : null;
    }
}
