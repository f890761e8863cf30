using System.Text;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>One line of an ssh_config.</summary>
/// <param name="Keyword">In lower case.</param>
/// <param name="Where">The file and line, for messages.</param>
internal sealed record ConfigLine(string Keyword, IReadOnlyList<string> Arguments, string Where)
{
    /// <summary>Everything behind the keyword, for keywords that take one value.</summary>
    public string Value => string.Join(' ', Arguments);

    /// <summary>
    /// Reads a line by the syntax of ssh_config(5): a keyword, white space or one equals sign, and words that may be in
    /// double quotes.
    /// </summary>
    /// <returns>Null for an empty line and for a comment.</returns>
    public static ConfigLine? Parse(string text, string where)
    {
        text = text.Trim();
        if (text.Length == 0 || text[0] == '#') return null;
        int end = text.AsSpan().IndexOfAny(' ', '\t', '=');
        string keyword = end < 0 ? text : text[..end];
        string rest = end < 0 ? "" : text[end..].TrimStart();
        if (rest.StartsWith('=')) rest = rest[1..].TrimStart();
        return new ConfigLine(keyword.ToLowerInvariant(), Words(rest), where);
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false, begun = false;
        foreach (char c in text)
        {
            if (c == '"') (quoted, begun) = (!quoted, true);
            else if (!quoted && c is ' ' or '\t') End();
            else if (c == '#' && !quoted && !begun) break;
            else (_, begun) = (word.Append(c), true);
        }

        End();
        return words;

        void End()
        {
            if (begun) words.Add(word.ToString());
            word.Clear();
            begun = false;
        }
    }
}
