namespace TreePush.Core.Dispatching;

/// <summary>A word of a netrc file.</summary>
/// <param name="Line">The number of its line, from 1.</param>
/// <param name="Column">The number of its first character in the line, from 1.</param>
/// <param name="IsOpen">It begins with a quotation mark that is not closed in its line.</param>
internal readonly record struct NetrcToken(string Text, int Line, int Column, bool IsOpen);
