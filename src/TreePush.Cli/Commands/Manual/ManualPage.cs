using System.CommandLine;

namespace TreePush.Cli.Commands.Manual;

/// <summary>
/// Writes treepush(1): the prose of <see cref="ManualProse"/>, and the usage, options and examples of the help.
/// </summary>
internal sealed class ManualPage(IReadOnlyList<CommandPage> pages)
{
    /// <summary>
    /// The date of the last revision. It is set by hand, so that the page does not depend on the build's time or place.
    /// </summary>
    private const string Revised = "2026-11-27";

    private readonly Roff _roff = new();

    public string Write()
    {
        _roff.Title(CommandTree.ProgramName, 1, Revised, $"TreePush {Version()}", "User Commands");
        _roff.Section("NAME").Text($"{CommandTree.ProgramName} - copy files to many servers at once, in about the time that one copy takes");
        Synopsis();
        ManualProse.Description(_roff);
        ManualProse.Variables(_roff);
        ManualProse.HostLists(_roff);
        ManualProse.Sync(_roff);
        ManualProse.Dispatch(_roff);
        ManualProse.Agents(_roff);
        _roff.Section("OPTIONS");
        Options(pages[0]);
        General();
        Commands();
        ExitStatus();
        ManualProse.Files(_roff);
        ManualProse.Typed(_roff);
        Examples();
        _roff.Section("SEE ALSO").Text("*ssh*(1), *ssh__config*(5), *rsync*(1), *scp*(1)");
        return _roff.ToString();
    }

    private static string Version() => App.Version.Split('+')[0];

    private void Synopsis()
    {
        _roff.Section("SYNOPSIS");
        string[] usages = [.. pages[0].Usage.SkipLast(1), .. pages.Skip(1).SelectMany(p => p.Usage)];
        for (int i = 0; i < usages.Length; i++)
        {
            string line = $"*{CommandTree.ProgramName}*{Plain(usages[i][CommandTree.ProgramName.Length..])}";
            if (i == 0) _roff.Text(line);
            else _roff.Break(line);
        }
    }

    private void Options(CommandPage page)
    {
        foreach (var group in page.Groups)
        {
            _roff.Subsection(group.Title);
            foreach (var option in group.Options) Option(option);
        }
    }

    private void General()
    {
        _roff.Subsection("Help");
        foreach (var option in pages[0].Command.Options.Where(o => o.Recursive || o is VersionOption)) Option(option);
    }

    private void Option(Option option)
    {
        string names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(n => n.Length).Select(n => $"*{n}*"));
        string value = option.HelpName is { } name ? $" _{Plain(name)}_" : "";
        _roff.Item(names + value, Plain(option.Description ?? "") + ".");
    }

    private void Commands()
    {
        _roff.Section("COMMANDS");
        foreach (var page in pages.Skip(1))
        {
            _roff.Subsection(page.Usage[0]).Text(Plain(page.Description) + ".");
            foreach (var argument in page.Command.Arguments.Where(_ => page.Options.Any())) _roff.Item($"_{argument.HelpName}_", Plain(argument.Description ?? "") + ".");
            foreach (var option in page.Options) Option(option);
        }
    }

    private void ExitStatus()
    {
        _roff.Section("EXIT STATUS");
        foreach (var (code, meaning) in ExitCode.All)
            _roff.Item($"*{code.ToString()}*", Plain(char.ToUpperInvariant(meaning[0]) + meaning[1..]) + ".");
    }

    private void Examples()
    {
        _roff.Section("EXAMPLES");
        bool isFirst = true;
        foreach (var example in pages.SelectMany(p => p.Examples))
        {
            string purpose = Plain(example.Purpose) + ":";
            if (isFirst) _roff.Text(purpose);
            else _roff.Paragraph(purpose);
            _roff.Code(example.CommandLine);
            isFirst = false;
        }
    }

    /// <summary>Escapes the marks in a text.</summary>
    private static string Plain(string text) => text.Replace("*", "**", StringComparison.Ordinal).Replace("_", "__", StringComparison.Ordinal);
}
