using System.CommandLine;

namespace TreePush.Cli.Commands;

/// <summary>Options that belong together, under a title of their own in help and manual.</summary>
internal sealed record OptionGroup(string Title, IReadOnlyList<Option> Options);
