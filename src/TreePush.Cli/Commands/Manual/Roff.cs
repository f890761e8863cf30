using System.Text;
using TreePush.Cli.Output.Console;

namespace TreePush.Cli.Commands.Manual;

/// <summary>Writes a page in the language of man(7). All text is escaped here, so that no text is read as a request.</summary>
internal sealed class Roff
{
    /// <summary>The longest line that linters of manual pages accept.</summary>
    private const int LineLength = 78;

    private readonly StringBuilder _page = new();

    /// <summary>The page's title line. All of it must be fixed, so that equal versions make equal pages.</summary>
    public Roff Title(string name, int section, string date, string source, string manual)
    {
        string number = section.ToString();
        return Raw($".TH {name.ToUpperInvariant()} {number} {date} \"{Escape(source)}\" \"{Escape(manual)}\"");
    }

    public Roff Section(string title) => Raw($".SH {Escape(title)}");

    public Roff Subsection(string title) => Raw($".SS {Escape(title)}");

    /// <summary>A paragraph. The marks of <c>*bold*</c> and <c>_italic_</c> touch their text.</summary>
    public Roff Paragraph(string text) => Raw(".PP").Text(text);

    /// <summary>A line of its own, without a gap above.</summary>
    public Roff Break(string text) => Raw(".br").Text(text);

    /// <summary>Text without a break before it, such as the first of a section.</summary>
    public Roff Text(string text)
    {
        foreach (string line in TextWidth.Wrap(Inline(text), LineLength)) Raw(Guard(line));
        return this;
    }

    /// <summary>A term, and its explanation indented below.</summary>
    public Roff Item(string term, string text) => Raw(".TP").Raw(Guard(Inline(term))).Text(text);

    /// <summary>Lines that keep their breaks and spaces.</summary>
    public Roff Code(params IEnumerable<string> lines)
    {
        Raw(".PP").Raw(".in +4n").Raw(".nf");
        foreach (string line in lines) Raw(Guard(Escape(line)));
        return Raw(".fi").Raw(".in");
    }

    public override string ToString() => _page.ToString();

    /// <summary>Replaces bold and italic marks with font requests.</summary>
    private static string Inline(string text)
    {
        var line = new StringBuilder();
        char open = '\0';
        foreach (var part in Marks(text))
        {
            if (part is not ("*" or "_")) line.Append(Escape(part));
            else if (open == part[0])
            {
                line.Append(@"\fR");
                open = '\0';
            }
            else
            {
                line.Append(part == "*" ? @"\fB" : @"\fI");
                open = part[0];
            }
        }

        return line.ToString();
    }

    /// <summary>Splits a text at its marks. A doubled mark stands for the character itself.</summary>
    private static IEnumerable<string> Marks(string text)
    {
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            bool isMark = text[i] is '*' or '_';
            bool isDoubled = isMark && i + 1 < text.Length && text[i + 1] == text[i];
            if (!isMark || isDoubled)
            {
                plain.Append(text[i]);
                if (isDoubled) i++;
                continue;
            }

            yield return plain.ToString();
            plain.Clear();
            yield return text[i].ToString();
        }

        yield return plain.ToString();
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            escaped.Append(rune.Value switch
            {
                '\\' => @"\e",
                '-' => @"\-",
                '\'' => @"\(aq",
                '"' => @"\(dq",
                '`' => @"\(ga",
                '^' => @"\(ha",
                '~' => @"\(ti",
                < 128 => rune.ToString(),
                _ => $"\\[u{rune.Value:X4}]",
            });
        return escaped.ToString();
    }

    /// <summary>Protects a line that begins with a dot, which would be a request.</summary>
    private static string Guard(string line) => line.StartsWith('.') ? @"\&" + line : line;

    private Roff Raw(string line)
    {
        _page.Append(line).Append('\n');
        return this;
    }
}
