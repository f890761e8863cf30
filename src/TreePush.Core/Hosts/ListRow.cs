namespace TreePush.Core.Hosts;

/// <summary>A row of a host list, split into fields that have no meaning yet.</summary>
/// <param name="Line">The row's line number in the file, from 1.</param>
/// <param name="Text">The row as it is in the file.</param>
public sealed record ListRow(int Line, string Text, IReadOnlyList<ListField> Fields);

/// <param name="Column">Where the field begins in its line, in characters from 1.</param>
public readonly record struct ListField(string Text, int Column);
