using System.CommandLine;

namespace TreePush.Cli.Commands.Completion;

/// <summary>Completion for zsh. The script can be sourced, or saved as <c>_treepush</c> in a folder of fpath.</summary>
internal static class ZshScript
{
    public static string Write(IReadOnlyList<CommandPage> pages)
    {
        var valued = pages.SelectMany(p => p.Options).Where(o => o.HelpName is not null).SelectMany(CommandOptions.Names).Distinct();
        return $$"""
            #compdef {{CommandTree.ProgramName}}
            # Completion of {{CommandTree.ProgramName}} for zsh. In ~/.zshrc, after compinit: source <(treepush completion zsh)

            _treepush_runs() {
                local folder=${opt_args[--logdir]:-logs}
                folder=${(Q)folder}
                local -a runs=( last ${~folder}/[0-9]*-[0-9]*-*(N/:t) )
                compadd -V runs -a runs
            }

            _treepush_commands() {
                local -a commands=(
                    {{string.Join("\n        ", pages.Skip(1).Select(p => Quoted(p.Name + ":" + p.Description)))}}
                )
                _describe -t commands command commands
            }

            _treepush() {
                local curcontext=$curcontext state line command=
                local -i i
                typeset -A opt_args
                # The first word that is no option, nor an option's value, is the command.
                for (( i = 2; i < CURRENT; i++ )); do
                    case ${words[i]} in
                        ({{string.Join('|', valued)}}) (( i++ )) ;;
                        (-*) ;;
                        (*) command=${words[i]}; break ;;
                    esac
                done
                if [[ $command == ({{string.Join('|', pages.Skip(1).Select(p => p.Name))}}) ]]; then
                    words=( ${words[i,-1]} )
                    (( CURRENT -= i - 1 ))
                fi
                case $command in
                    {{string.Join("\n        ", pages.Skip(1).Select(p => Case(p.Name, p, pages)))}}
                    {{Case("*", pages[0], pages)}}
                esac
            }

            if [[ ${funcstack[1]} == _treepush ]]; then
                _treepush "$@"
            else
                compdef _treepush {{CommandTree.ProgramName}}
            fi

            """;
    }

    private static string Case(string pattern, CommandPage page, IReadOnlyList<CommandPage> pages)
    {
        var specs = page.Options.Concat(CommandOptions.General(pages, page)).Select(Spec).ToList();
        if (page == pages[0]) specs.Add("'1:command:_treepush_commands'");
        else specs.AddRange(page.Command.Arguments.Select((a, i) => Quoted($"{i + 1}:{a.HelpName}:{Values(a.HelpName)}")));
        return $"({pattern}) _arguments -s -S \\\n            {string.Join(" \\\n            ", specs)} ;;";
    }

    /// <summary>An option in the syntax of _arguments: the options it excludes, its names, its description, its value.</summary>
    private static string Spec(Option option)
    {
        string[] names = [.. CommandOptions.Names(option)];
        bool hasValue = option.HelpName is not null;
        string written = string.Join(',', names.Select(n => !hasValue ? n : n.StartsWith("--", StringComparison.Ordinal) ? n + "=" : n + "+"));
        string excluded = CommandOptions.IsRepeatable(option) ? "*" : $"({string.Join(' ', names)})";
        string rest = $"[{option.Description?.Replace("]", "\\]", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)}]";
        if (hasValue) rest += $":{option.HelpName!.Replace(":", "\\:", StringComparison.Ordinal)}:{Values(option.HelpName)}";
        return names.Length == 1 ? Quoted(excluded + written + rest) : $"'{excluded}'{{{written}}}{Quoted(rest)}";
    }

    private static string Values(string? helpName)
    {
        var kind = ValueKind.Of(helpName);
        return kind.Place switch
        {
            ValuePlace.Files => "_files",
            ValuePlace.Folders => "_files -/",
            ValuePlace.Hosts => "_hosts",
            ValuePlace.Runs => "_treepush_runs",
            _ => kind.Words.Count > 0 ? $"({string.Join(' ', kind.Words)})" : " ",
        };
    }

    private static string Quoted(string text) => "'" + text.Replace("'", @"'\''", StringComparison.Ordinal) + "'";
}
