using System.CommandLine;

namespace TreePush.Cli.Commands;

/// <summary>Related options under a common title in help and manual.</summary>
internal sealed record OptionGroup(string Title, IReadOnlyList<Option> Options);
