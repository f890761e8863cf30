using System.Text;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>One line of an ssh_config.</summary>
/// <param name="Keyword">In lower case; the present name of a keyword that has older ones.</param>
/// <param name="Where">The file and line, for messages.</param>
internal sealed record ConfigLine(string Keyword, IReadOnlyList<string> Arguments, string Where)
{
    private static readonly Dictionary<string, string> PresentNames = new()
    {
        ["challengeresponseauthentication"] = "kbdinteractiveauthentication",
        ["skeyauthentication"] = "kbdinteractiveauthentication",
        ["tisauthentication"] = "kbdinteractiveauthentication",
        ["dsaauthentication"] = "pubkeyauthentication",
        ["identityfile2"] = "identityfile",
        ["smartcarddevice"] = "pkcs11provider",
    };

    /// <summary>Everything behind the keyword, for messages and for keywords that take one value.</summary>
    public string Value => string.Join(' ', Arguments);

    /// <summary>Why the line, or the file that it includes, can't be used; null if it can. ssh would not start.</summary>
    public string? Fault { get; init; }

    /// <summary>The lines of the file that an <c>Include</c> names.</summary>
    public IReadOnlyList<ConfigLine> Included { get; init; } = [];

    public static ConfigLine OfFault(string where, string fault) => new("", [], where) { Fault = fault };

    /// <summary>
    /// Reads a line by the syntax of ssh_config(5): a keyword, white space or one equals sign, and words that may be in
    /// quotes.
    /// </summary>
    /// <returns>Null for an empty line and for a comment.</returns>
    public static ConfigLine? Parse(string text, string where)
    {
        text = text.Trim();
        if (text.Length == 0 || text[0] == '#') return null;
        int end = text.AsSpan().IndexOfAny(" \t=\"");
        string keyword = (end < 0 ? text : text[..end]).ToLowerInvariant();
        if (text.Contains('\0', StringComparison.Ordinal)) return OfFault(where, "a NUL character");
        if (end >= 0 && text[end] == '"') return OfFault(where, "quotes in a keyword");
        string rest = end < 0 ? "" : text[end..].TrimStart();
        if (rest.StartsWith('=')) rest = rest[1..].TrimStart();
        if (Words(rest) is not { } words) return OfFault(where, "a quote without its end");
        if (words.Count == 0 || words.Contains("")) return OfFault(where, $"{keyword} without a value");
        return new ConfigLine(PresentNames.GetValueOrDefault(keyword, keyword), words, where);
    }

    /// <summary>Splits as ssh does: a backslash escapes quotes, backslashes and spaces; # begins a comment.</summary>
    /// <returns>Null if a quote has no end.</returns>
    private static List<string>? Words(string text)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isBlank = quote == '\0' && (c is ' ' or '\t');
            if (c == '#' && word is null) break;
            if (isBlank && word is null) continue;
            word ??= new StringBuilder();
            if (isBlank) End();
            else if (c == '\\' && i + 1 < text.Length && (text[i + 1] is '\'' or '"' or '\\' || (quote == '\0' && text[i + 1] == ' '))) word.Append(text[++i]);
            else if (quote == '\0' && (c is '"' or '\'')) quote = c;
            else if (c == quote) quote = '\0';
            else word.Append(c);
        }

        if (word is not null) End();
        return quote == '\0' ? words : null;

        void End()
        {
            words.Add(word.ToString());
            word = null;
        }
    }
}
