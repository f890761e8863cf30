namespace TreePush.Cli.Output.Console;

/// <summary>A table of texts.</summary>
/// <param name="Headers">One for each column.</param>
/// <param name="LeftColumns">The columns with words, which are aligned to the left. All others are numbers, aligned to the right.</param>
internal sealed record Sheet(string Title, IReadOnlyList<string> Headers, IReadOnlySet<int> LeftColumns, IReadOnlyList<SheetRow> Rows);

/// <param name="IsMarked">Whether the row is highlighted.</param>
internal sealed record SheetRow(IReadOnlyList<string> Cells, bool IsMarked = false);
