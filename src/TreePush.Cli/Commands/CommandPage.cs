using System.CommandLine;

namespace TreePush.Cli.Commands;

/// <summary>A command and its documentation. Help, manual and completion are generated from it, so that they agree.</summary>
/// <param name="Usage">The forms of its command line, one on each line.</param>
/// <param name="Groups">Its own options; the writers add help and version.</param>
internal sealed record CommandPage(Command Command, IReadOnlyList<string> Usage, IReadOnlyList<OptionGroup> Groups, IReadOnlyList<Example> Examples)
{
    public string Name => Command.Name;

    public string Description => Command.Description ?? "";

    public IEnumerable<Option> Options => Groups.SelectMany(g => g.Options);

    /// <summary>An option as users write it: <c>-l, --list FILE</c>. An option without a letter is indented, so that the long names are aligned.</summary>
    public static string Label(Option option)
    {
        string letter = option.Aliases.FirstOrDefault(a => a.Length == 2) is { } alias ? alias + ", " : "    ";
        return letter + option.Name + (option.HelpName is { } value ? " " + value : "");
    }

    /// <summary>The names of the given options that are on the command line.</summary>
    public static IReadOnlyList<string> Given(ParseResult parsed, IEnumerable<Option> options) =>
        [.. options.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => o.Name)];
}
