using System.Text;

namespace TreePush.Cli.Output.Console;

/// <summary>The last lines of a terminal, which are redrawn in place, and the lines that scroll above them.</summary>
internal sealed class LiveRegion(TextWriter terminal, bool colours)
{
    private int _height;

    /// <summary>Replaces the region in one write, so that it does not flicker.</summary>
    /// <param name="above">Lines that stay; they may be longer than the terminal is wide.</param>
    public void Draw(IEnumerable<string> above, IReadOnlyList<Line> region, int width)
    {
        var output = new StringBuilder();
        if (_height > 0) output.Append($"\e[{_height}A");
        output.Append("\r\e[J");
        foreach (string line in above) output.Append(line).Append('\n');
        foreach (var line in region) output.Append(line.Show(width - 1, colours)).Append('\n');
        _height = region.Count;
        terminal.Write(output.ToString());
        terminal.Flush();
    }
}
