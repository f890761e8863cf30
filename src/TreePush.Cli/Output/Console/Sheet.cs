namespace TreePush.Cli.Output.Console;

/// <summary>A table of texts.</summary>
/// <param name="Headers">One for each column.</param>
/// <param name="LeftColumns">The columns that are words; all others are numbers, and stand to the right.</param>
internal sealed record Sheet(string Title, IReadOnlyList<string> Headers, IReadOnlySet<int> LeftColumns, IReadOnlyList<SheetRow> Rows);

/// <param name="IsMarked">It is the one to look at.</param>
internal sealed record SheetRow(IReadOnlyList<string> Cells, bool IsMarked = false);
