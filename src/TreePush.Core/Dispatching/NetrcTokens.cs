using System.Text;

namespace TreePush.Core.Dispatching;

/// <summary>
/// Cuts a netrc file into words as curl does since 7.84: a word may stand between quotation marks, with the escapes <c>\n</c>, <c>\r</c>, <c>\t</c>, <c>\"</c>
/// and <c>\\</c>; a <c>#</c> where a word would begin makes the rest of the line a comment; the macro after <c>macdef</c> goes to the next empty line.
/// </summary>
internal static class NetrcTokens
{
    private const string Macro = "macdef";

    public static IEnumerable<NetrcToken> Of(string text)
    {
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        bool inMacro = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (inMacro && line.Length > 0) continue;
            inMacro = false;
            for (int at = 0; Next(line, ref at) is { } token;)
            {
                inMacro = !token.Quoted && token.Text.Equals(Macro, StringComparison.OrdinalIgnoreCase);
                if (inMacro) break;
                yield return new NetrcToken(token.Text, i + 1, token.Start + 1, token.IsOpen);
            }
        }
    }

    private static (string Text, int Start, bool Quoted, bool IsOpen)? Next(string line, ref int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t') at++;
        if (at == line.Length || line[at] == '#') return null;
        int start = at;
        if (line[at] == '"') return Quoted(line, ref at);
        while (at < line.Length && line[at] is not (' ' or '\t')) at++;
        return (line[start..at], start, false, false);
    }

    private static (string Text, int Start, bool Quoted, bool IsOpen) Quoted(string line, ref int at)
    {
        int start = at++;
        var text = new StringBuilder();
        while (at < line.Length && line[at] != '"')
        {
            if (line[at] == '\\' && at + 1 < line.Length) text.Append(Escaped(line[++at]));
            else text.Append(line[at]);
            at++;
        }

        bool isOpen = at == line.Length;
        if (!isOpen) at++;
        return (text.ToString(), start, true, isOpen);
    }

    private static char Escaped(char c) => c switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => c,
    };
}
