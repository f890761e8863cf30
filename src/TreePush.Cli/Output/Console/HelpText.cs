using System.CommandLine;
using TreePush.Cli.Commands;

namespace TreePush.Cli.Output.Console;

/// <summary>A command's help: usage, commands, options by group, examples, exit codes.</summary>
/// <param name="width">The longest line, except for lines that can't be wrapped.</param>
internal sealed class HelpText(IReadOnlyList<CommandPage> pages, int width)
{
    /// <summary>The column of the explanations. A longer name gets a line of its own.</summary>
    private int Column => width < 70 ? 16 : 30;

    public IEnumerable<string> Lines(CommandPage page)
    {
        bool isRoot = page == pages[0];
        var lines = new List<string>(TextWidth.Wrap(page.Description, width));
        lines.AddRange(["", "Usage:", .. page.Usage.Select(u => "  " + u)]);
        var arguments = page.Command.Arguments;
        if (arguments.Count > 0) Section(lines, arguments.Count == 1 ? "Argument" : "Arguments", arguments.Select(a => ("  " + a.HelpName, a.Description ?? "")));
        if (isRoot) Section(lines, "Commands", pages.Skip(1).Select(p => ("  " + p.Name, p.Description)));
        foreach (var group in page.Groups) Section(lines, group.Title, group.Options.Select(Row));
        Section(lines, "Help", pages[0].Command.Options.Where(o => o.Recursive || (isRoot && o is VersionOption)).Select(Row));
        if (page.Examples.Count > 0) lines.AddRange(["", "Examples:", .. page.Examples.SelectMany(Shown)]);
        if (isRoot) Section(lines, "Exit codes", ExitCode.All.Select(e => ("  " + e.Code.ToString(), e.Meaning)), 8);
        return lines;
    }

    private static (string, string) Row(Option option) => ("  " + CommandPage.Label(option), option.Description ?? "");

    private static IEnumerable<string> Shown(Example example) => [$"  # {example.Purpose}", $"  {example.CommandLine}"];

    private void Section(List<string> lines, string title, IEnumerable<(string Name, string Text)> rows, int? column = null)
    {
        lines.AddRange(["", title + ":"]);
        int at = column ?? Column;
        foreach (var (name, text) in rows)
        {
            // A default is not wrapped after its colon.
            string whole = text.Replace("[default: ", "[default:\u00A0", StringComparison.Ordinal);
            var wrapped = TextWidth.Wrap(whole, width - at).Select(w => w.Replace('\u00A0', ' ')).ToList();
            bool fits = name.Length <= at - 2;
            lines.Add(fits && wrapped.Count > 0 ? name.PadRight(at) + wrapped[0] : name);
            lines.AddRange(wrapped.Skip(fits ? 1 : 0).Select(w => new string(' ', at) + w));
        }
    }
}
