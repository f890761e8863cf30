using System.CommandLine;

namespace TreePush.Cli.Commands;

/// <summary>A command with all that is said of it: help, manual and completion are made from this alone, so that they agree.</summary>
/// <param name="Usage">How it is written, one line for each way.</param>
/// <param name="Groups">Its own options; help and version are left to the writer.</param>
internal sealed record CommandPage(Command Command, IReadOnlyList<string> Usage, IReadOnlyList<OptionGroup> Groups, IReadOnlyList<Example> Examples)
{
    public string Name => Command.Name;

    public string Description => Command.Description ?? "";

    public IEnumerable<Option> Options => Groups.SelectMany(g => g.Options);

    /// <summary>An option as people write it: <c>-l, --list FILE</c>; one without a letter is indented to stand under the others.</summary>
    public static string Label(Option option)
    {
        string letter = option.Aliases.FirstOrDefault(a => a.Length == 2) is { } alias ? alias + ", " : "    ";
        return letter + option.Name + (option.HelpName is { } value ? " " + value : "");
    }

    /// <summary>Those of the options that stand on the command line.</summary>
    public static IReadOnlyList<string> Given(ParseResult parsed, IEnumerable<Option> options) =>
        [.. options.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => o.Name)];
}
