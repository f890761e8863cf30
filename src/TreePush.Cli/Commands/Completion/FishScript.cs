using System.CommandLine;

namespace TreePush.Cli.Commands.Completion;

/// <summary>Completion for fish: a <c>complete</c> line for each command and option.</summary>
internal static class FishScript
{
    public static string Write(IReadOnlyList<CommandPage> pages)
    {
        string all = string.Join(' ', pages.Skip(1).Select(p => p.Name));
        var lines = new List<string>();
        foreach (var page in pages)
        {
            bool isRoot = page == pages[0];
            string where = isRoot ? $"not __fish_seen_subcommand_from {all}" : $"__fish_seen_subcommand_from {page.Name}";
            string first = Quoted($"__fish_is_first_arg; and not __fish_seen_subcommand_from {all}");
            if (!isRoot) lines.Add($"complete -c {CommandTree.ProgramName} -n {first} -a {page.Name} -d {Quoted(page.Description)}");
            foreach (var argument in page.Command.Arguments.Where(_ => !isRoot))
                lines.Add($"complete -c {CommandTree.ProgramName} -n {Quoted(where)}{Values(argument.HelpName, "")}");
            lines.AddRange(page.Options.Concat(CommandOptions.General(pages, page)).Select(o => Line(o, where)));
        }

        return $$"""
            # Completion of {{CommandTree.ProgramName}} for fish. In ~/.config/fish/config.fish: treepush completion fish | source

            function __treepush_runs
                set -l folder logs
                set -l words (commandline -opc)
                for i in (seq (count $words))
                    switch $words[$i]
                        case --logdir
                            set -q words[(math $i + 1)]; and set folder $words[(math $i + 1)]
                        case '--logdir=*'
                            set folder (string replace -- --logdir= '' $words[$i])
                    end
                end
                for run in (string replace -r '^~' $HOME -- $folder)/*-*-*/
                    basename $run
                end
            end

            complete -c {{CommandTree.ProgramName}} -f
            {{string.Join('\n', lines)}}

            """;
    }

    private static string Line(Option option, string where)
    {
        string names = string.Concat(CommandOptions.Names(option).Select(n => n.Length == 2 ? $" -s {n[1..]}" : $" -l {n[2..]}"));
        return $"complete -c {CommandTree.ProgramName} -n {Quoted(where)}{names}{Values(option.HelpName, " -r")} -d {Quoted(option.Description ?? "")}";
    }

    /// <param name="required">The fish option that makes an option's value required; empty for an argument.</param>
    private static string Values(string? helpName, string required)
    {
        if (helpName is null) return "";
        var kind = ValueKind.Of(helpName);
        string words = string.Join(' ', kind.Words);
        string only = required.Length > 0 ? " -x" : "";
        return kind.Place switch
        {
            ValuePlace.Files => required + " -F",
            ValuePlace.Folders => only + " -a '(__fish_complete_directories)'",
            ValuePlace.Hosts => only + " -a '(__fish_print_hostnames)'",
            ValuePlace.Runs => $"{only} -a '{words} (__treepush_runs)'",
            _ => words.Length > 0 ? $"{only} -a '{words}'" : only,
        };
    }

    private static string Quoted(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";
}
