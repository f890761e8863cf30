using System.CommandLine;

namespace TreePush.Cli.Commands.Completion;

/// <summary>Completion for bash 3.2 (macOS) and later, without the bash-completion package.</summary>
internal static class BashScript
{
    public static string Write(IReadOnlyList<CommandPage> pages)
    {
        var subcommands = pages.Skip(1).Select(p => p.Name).ToList();
        return $$"""
            # Completion of {{CommandTree.ProgramName}} for bash. In ~/.bashrc: source <(treepush completion bash)

            _treepush_lines() {
                local IFS=$'\n'
                COMPREPLY=( $(IFS=$' \t\n'; compgen "$@" -- "$cur") )
            }

            _treepush_files() {
                compopt -o filenames 2>/dev/null
                _treepush_lines "$@"
            }

            _treepush_runs() {
                local folder=logs run i
                for (( i = 1; i < COMP_CWORD; i++ )); do
                    [[ ${COMP_WORDS[i]} == --logdir ]] || continue
                    folder=${COMP_WORDS[i+1]}
                    [[ $folder == = ]] && folder=${COMP_WORDS[i+2]}
                done
                for run in "${folder/#\~/$HOME}"/[0-9]*-[0-9]*-*/; do
                    [[ -d $run ]] || continue
                    run=${run%/}
                    echo "${run##*/}"
                done
            }

            _treepush() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i
                # bash makes three words of --name=value.
                if [[ $cur == = ]]; then
                    cur=
                elif [[ $prev == = ]] && (( COMP_CWORD > 1 )); then
                    prev=${COMP_WORDS[COMP_CWORD-2]}
                fi
                # The first word that is no option, nor an option's value, is the command.
                for (( i = 1; i < COMP_CWORD; i++ )); do
                    case ${COMP_WORDS[i]} in
                        {{Alternatives(pages.SelectMany(p => p.Options).Where(TakesValue))}})
                            if [[ ${COMP_WORDS[i+1]} == = ]]; then (( i += 2 )); else (( i++ )); fi ;;
                        -*|=) ;;
                        *) command=${COMP_WORDS[i]}; break ;;
                    esac
                done
                COMPREPLY=()
                case $command in
                    {{string.Join("\n        ", pages.Skip(1).Select(p => Case(p.Name, p, pages)))}}
                    {{Case("*", pages[0], pages)}}
                esac
                if [[ $cur != -* && -z $command ]]; then _treepush_lines -W '{{string.Join(' ', subcommands)}}'; fi
            }

            complete -F _treepush {{CommandTree.ProgramName}}

            """;
    }

    private static string Case(string pattern, CommandPage page, IReadOnlyList<CommandPage> pages)
    {
        var byValue = page.Options.Where(TakesValue).GroupBy(o => Words(ValueKind.Of(o.HelpName))).Select(g => $"{Alternatives(g)}) {g.Key}; return ;;");
        string names = string.Join(' ', page.Options.Concat(CommandOptions.General(pages, page)).SelectMany(CommandOptions.Names));
        string? words = page == pages[0] ? null : page.Command.Arguments.Select(a => Words(ValueKind.Of(a.HelpName))).FirstOrDefault();
        string free = words is null ? "" : $"\n                *) {words} ;;";
        string values = string.Join("\n                ", byValue);
        return $"""
            {pattern})
                        case $prev in
                            {(values.Length > 0 ? values : "'') ;;")}
                        esac
                        case $cur in
                            -*) _treepush_lines -W '{names}' ;;{free}
                        esac ;;
            """;
    }

    private static bool TakesValue(Option option) => option.HelpName is not null;

    private static string Alternatives(IEnumerable<Option> options) => string.Join('|', options.SelectMany(CommandOptions.Names).Distinct());

    private static string Words(ValueKind kind)
    {
        string words = string.Join(' ', kind.Words);
        return kind.Place switch
        {
            ValuePlace.Files => "_treepush_files -f",
            ValuePlace.Folders => "_treepush_files -d",
            ValuePlace.Hosts => "_treepush_lines -A hostname",
            ValuePlace.Runs => $"_treepush_lines -W \"$(printf '%s\\n' {words}; _treepush_runs)\"",
            _ => words.Length > 0 ? $"_treepush_lines -W '{words}'" : ":",
        };
    }
}
