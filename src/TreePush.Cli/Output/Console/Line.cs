using System.Text;

namespace TreePush.Cli.Output.Console;

/// <summary>A line of coloured text. It is cut at the terminal's edge, not wrapped.</summary>
internal sealed class Line
{
    private readonly List<(string Text, int Colour)> _parts = [];

    public Line Plain(string text) => Add(text, 0);

    public Line Bold(string text) => Add(text, 1);

    public Line Dim(string text) => Add(text, 90);

    public Line Good(string text) => Add(text, 32);

    public Line Bad(string text) => Add(text, 31);

    public Line Warn(string text) => Add(text, 33);

    /// <summary>The line with the terminal's colour codes, or without.</summary>
    public string Show(int width, bool colours)
    {
        var shown = new StringBuilder();
        foreach (var (text, colour) in _parts)
        {
            string cut = text.Length <= width ? text : text[..Math.Max(0, width)];
            width -= cut.Length;
            if (colours && colour != 0 && cut.Length > 0) shown.Append($"\e[{colour}m").Append(cut).Append("\e[0m");
            else shown.Append(cut);
        }

        return shown.ToString();
    }

    private Line Add(string text, int colour)
    {
        _parts.Add((text, colour));
        return this;
    }
}
