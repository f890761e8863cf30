namespace TreePush.Cli.Output.Console;

/// <summary>
/// Writes tables and lines to standard output. Columns are aligned with spaces. On a terminal the headers are dim and
/// marked rows are bold.
/// </summary>
/// <param name="colours">Whether to write the terminal's colour codes.</param>
internal sealed class SheetWriter(TextWriter writer, bool colours)
{
    private const string Gap = "  ";

    public static SheetWriter OfOutput()
    {
        bool isTerminal = !System.Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");
        return new SheetWriter(System.Console.Out, isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
    }

    public void Line(string text = "") => writer.WriteLine(text);

    public void Write(Sheet sheet)
    {
        int[] widths = [.. sheet.Headers.Select((h, i) => sheet.Rows.Select(r => r.Cells[i].Length).Append(h.Length).Max())];
        string Aligned(IReadOnlyList<string> cells) => Gap + string.Join(Gap, cells.Select((c, i) =>
            sheet.LeftColumns.Contains(i) ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))).TrimEnd();
        writer.WriteLine(sheet.Title);
        Write(new Line().Dim(Aligned(sheet.Headers)));
        foreach (var row in sheet.Rows) Write(row.IsMarked ? new Line().Bold(Aligned(row.Cells)) : new Line().Plain(Aligned(row.Cells)));
    }

    // Tables are narrow, so lines are not cut: a cut number would be wrong.
    private void Write(Line line) => writer.WriteLine(line.Show(int.MaxValue, colours));
}
