using Spectre.Console;

namespace TreePush.Cli.Output.Console;

/// <summary>Writes tables and lines to standard output: drawn ones on a terminal, aligned text elsewhere.</summary>
/// <param name="drawn">Where tables are drawn; null for aligned text.</param>
internal sealed class SheetWriter(TextWriter writer, IAnsiConsole? drawn)
{
    private const string Gap = "  ";

    public static SheetWriter OfOutput()
    {
        bool isTerminal = !System.Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");
        return new SheetWriter(System.Console.Out, isTerminal ? AnsiConsole.Console : null);
    }

    public void Line(string text = "") => writer.WriteLine(text);

    public void Write(Sheet sheet)
    {
        writer.WriteLine(sheet.Title);
        if (drawn is not null) Draw(drawn, sheet);
        else foreach (string line in Aligned(sheet)) writer.WriteLine(line);
    }

    private static void Draw(IAnsiConsole console, Sheet sheet)
    {
        var table = new Table().Border(TableBorder.Rounded);
        for (int i = 0; i < sheet.Headers.Count; i++)
        {
            var column = new TableColumn(new Text(sheet.Headers[i])).NoWrap();
            table.AddColumn(sheet.LeftColumns.Contains(i) ? column.LeftAligned() : column.RightAligned());
        }

        foreach (var row in sheet.Rows)
            table.AddRow(row.Cells.Select(c => new Text(c, row.IsMarked ? new Style(decoration: Decoration.Bold) : Style.Plain)));
        console.Write(table);
    }

    private static IEnumerable<string> Aligned(Sheet sheet)
    {
        int[] widths = [.. sheet.Headers.Select((h, i) => sheet.Rows.Select(r => r.Cells[i].Length).Append(h.Length).Max())];
        string Join(IReadOnlyList<string> cells) => Gap + string.Join(Gap, cells.Select((c, i) =>
            sheet.LeftColumns.Contains(i) ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))).TrimEnd();
        yield return Join(sheet.Headers);
        foreach (var row in sheet.Rows) yield return Join(row.Cells);
    }
}
